package syscallanomaly.trace.event.table;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Fills a batch, again and again, from rows with one column a field. */
final class RowBatches implements Iterator<TableBatch> {
  private static final int ROWS = 1 << 10;

  private final Iterator<InternalRow> rows;
  private final Filler[] fillers;
  private final TableTexts texts = new TableTexts();
  private final TableBatch batch = new TableBatch();

  /** Takes the value of a column from one row. */
  @FunctionalInterface
  private interface Filler {
    void fill(InternalRow row, int at);
  }

  /**
   * @param rows rows that hold texts as strings and numbers as longs; the iterator may reuse one
   * @param fields the fields of the columns, in order
   */
  RowBatches(Iterator<InternalRow> rows, List<Field> fields) {
    this.rows = rows;
    this.fillers = new Filler[fields.size()];
    batch.setSize(ROWS);
    for (int i = 0; i < fillers.length; i++) {
      fillers[i] = filler(fields.get(i), i);
    }
  }

  private Filler filler(Field field, int column) {
    if (field.isText()) {
      TableText[] into = batch.texts(field);
      return (row, at) ->
          into[at] = row.isNullAt(column) ? null : texts.of(row.getUTF8String(column));
    }
    boolean[] isNull = batch.isNull(field);
    long[] into = batch.numbers(field);
    return (row, at) -> {
      isNull[at] = row.isNullAt(column);
      into[at] = isNull[at] ? 0 : row.getLong(column);
    };
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public TableBatch next() {
    int size = 0;
    while (size < ROWS && rows.hasNext()) {
      InternalRow row = rows.next();
      for (Filler filler : fillers) {
        filler.fill(row, size);
      }
      size++;
    }
    batch.setSize(size);
    return batch;
  }
}
