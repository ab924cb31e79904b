package syscallanomaly.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * Replaces and reads a run's rows on the driver, without Spark, which would spend most of the time
 * on planning a query for a few rows.
 */
final class DriverRows {
  private final Table table;
  private final Expression ofRun;

  /**
   * @param table the table as it is now
   * @param runId name of the run that the rows belong to
   */
  DriverRows(Table table, String runId) {
    this.table = table;
    this.ofRun = Expressions.equal(MetricTable.RUN_ID, runId);
  }

  /**
   * Replaces the run's rows in one commit.
   *
   * @param rows values by the names of columns, made one after the other as they are written. A
   *     column of the table that a row does not name is null in it.
   * @throws IOException if the rows cannot be written; then the table is as it was
   */
  void replace(Stream<Map<String, Object>> rows) throws IOException {
    List<DataFile> files = write(rows.iterator());
    OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(ofRun);
    files.forEach(overwrite::addFile);
    try {
      overwrite.commit();
    } catch (CommitStateUnknownException e) {
      // The commit may have happened, and then the table needs the files.
      throw e;
    } catch (RuntimeException e) {
      deleteAfter(e, files);
      throw e;
    }
  }

  private void deleteAfter(RuntimeException failure, List<DataFile> files) {
    try {
      files.forEach(file -> table.io().deleteFile(file.location()));
    } catch (RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  private List<DataFile> write(Iterator<Map<String, Object>> rows) throws IOException {
    PartitionSpec partitions = table.spec();
    GenericFileWriterFactory writers = new GenericFileWriterFactory.Builder(table).build();
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).operationId(UUID.randomUUID().toString()).build();
    FanoutDataWriter<Record> writer =
        new FanoutDataWriter<>(
            writers, files, table.io(), TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    try (writer) {
      PartitionKey partition = new PartitionKey(partitions, table.schema());
      InternalRecordWrapper values = new InternalRecordWrapper(table.schema().asStruct());
      while (rows.hasNext()) {
        Record record = record(rows.next());
        partition.partition(values.wrap(record));
        writer.write(record, partitions, partition);
      }
    }
    return writer.result().dataFiles();
  }

  private Record record(Map<String, Object> row) {
    GenericRecord record = GenericRecord.create(table.schema());
    row.forEach(
        (column, value) ->
            record.setField(
                column, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value));
    return record;
  }

  /**
   * Reads the run's rows.
   *
   * @param columns columns of the table
   * @return rows with these columns
   */
  List<Row> read(StructType columns) throws IOException {
    String[] names = columns.fieldNames();
    List<Row> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).where(ofRun).select(names).build()) {
      for (Record record : records) {
        Object[] values = Arrays.stream(names).map(name -> value(record, name)).toArray();
        rows.add(new GenericRowWithSchema(values, columns));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return rows;
  }

  private static Object value(Record record, String column) {
    Object value = record.getField(column);
    return value instanceof OffsetDateTime time ? time.toInstant() : value;
  }
}
