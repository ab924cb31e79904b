package syscallanomaly.trace.event.table;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Fills a batch, again and again, from the columns that Spark reads from a file. Texts usually have
 * a dictionary there. Each of its texts is looked up once a batch, where Spark's rows would copy it
 * for each row.
 */
final class ColumnarBatches implements Iterator<TableBatch> {
  private final Iterator<ColumnarBatch> batches;
  private final List<DirectColumn> columns;
  private final TableTexts texts = new TableTexts();
  private final TableBatch batch = new TableBatch();

  /** The texts of a dictionary by their ids, and the number of the column for which each is. */
  private TableText[] byId = new TableText[0];

  private int[] columnOfId = new int[0];
  private int column;

  ColumnarBatches(Iterator<ColumnarBatch> batches, List<DirectColumn> columns) {
    this.batches = batches;
    this.columns = columns;
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public TableBatch next() {
    ColumnarBatch read = batches.next();
    batch.setSize(read.numRows());
    for (DirectColumn column : columns) {
      ColumnVector vector = read.column(column.position());
      if (column.field().isText()) {
        fillTexts(vector, batch.texts(column.field()));
      } else {
        fillNulls(vector, batch.isNull(column.field()));
        fillNumbers(vector, column, batch.numbers(column.field()));
      }
    }
    return batch;
  }

  private void fillTexts(ColumnVector vector, TableText[] into) {
    if (vector instanceof WritableColumnVector writable && writable.hasDictionary()) {
      fillFromDictionary(writable, into);
      return;
    }
    TableText last = null;
    for (int i = 0; i < batch.size(); i++) {
      if (vector.isNullAt(i)) {
        into[i] = null;
      } else {
        UTF8String text = vector.getUTF8String(i);
        if (last == null || !last.value.equals(text)) {
          last = texts.of(text);
        }
        into[i] = last;
      }
    }
  }

  private void fillFromDictionary(WritableColumnVector vector, TableText[] into) {
    column++;
    WritableColumnVector ids = vector.getDictionaryIds();
    boolean hasNull = vector.hasNull();
    for (int i = 0; i < batch.size(); i++) {
      if (hasNull && vector.isNullAt(i)) {
        into[i] = null;
        continue;
      }
      int id = ids.getDictId(i);
      if (id >= byId.length) {
        byId = Arrays.copyOf(byId, 2 * (id + 1));
        columnOfId = Arrays.copyOf(columnOfId, byId.length);
      }
      if (columnOfId[id] != column) {
        columnOfId[id] = column;
        byId[id] = texts.of(vector.getUTF8String(i));
      }
      into[i] = byId[id];
    }
  }

  private void fillNulls(ColumnVector vector, boolean[] into) {
    if (!vector.hasNull()) {
      Arrays.fill(into, 0, batch.size(), false);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      into[i] = vector.isNullAt(i);
    }
  }

  private void fillNumbers(ColumnVector vector, DirectColumn column, long[] into) {
    DataType type = column.type();
    long factor = column.factor();
    boolean hasNull = vector.hasNull();
    boolean[] isNull = batch.isNull(column.field());
    boolean isInt = type instanceof IntegerType;
    boolean isShort = type instanceof ShortType;
    boolean isByte = type instanceof ByteType;
    for (int i = 0; i < batch.size(); i++) {
      if (hasNull && isNull[i]) {
        continue;
      }
      long value =
          isInt
              ? vector.getInt(i)
              : isShort ? vector.getShort(i) : isByte ? vector.getByte(i) : vector.getLong(i);
      into[i] = value * factor;
    }
  }
}
