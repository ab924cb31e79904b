package syscallanomaly.trace.sequence;

import static org.apache.spark.sql.functions.col;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of chunks. A chunk is a row that holds some thousand events of one group in order,
 * packed into bytes. Spark moves and sorts chunks, because a row an event would take ten times as
 * long.
 */
final class ChunkColumns {
  private static final String EVENTS = "events";

  static final StructType SCHEMA =
      new StructType()
          .add(EventColumns.BUCKET, DataTypes.LongType)
          .add(EventColumns.OWNER, DataTypes.LongType)
          .add(EventColumns.RECORDING, DataTypes.StringType)
          .add(EventColumns.HOST, DataTypes.StringType)
          .add(EventColumns.CONTAINER, DataTypes.StringType)
          .add(EventColumns.STARTED, DataTypes.LongType)
          .add(EventColumns.TIME, DataTypes.LongType)
          .add(EventColumns.FILE, DataTypes.StringType)
          .add(EventColumns.POSITION, DataTypes.LongType)
          .add(EVENTS, DataTypes.BinaryType);

  private ChunkColumns() {}

  /** The order of chunks: by group, and within it by time, file and position of the first event. */
  static Column[] order() {
    return Stream.of(SCHEMA.fieldNames())
        .filter(name -> !name.equals(EVENTS))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /**
   * Makes the row of a chunk.
   *
   * @param events at least one event, as {@link ChunkWriter} packs them
   */
  static Row row(EventGroup group, byte[] events) {
    ChunkReader reader = new ChunkReader(events, group);
    reader.next();
    Event first = reader.event();
    return RowFactory.create(
        group.bucket,
        group.owner,
        group.recording.toString(),
        group.host.toString(),
        group.container.toString(),
        group.started,
        first.hasTime ? Long.valueOf(first.time) : null,
        group.file.toString(),
        first.position,
        events);
  }

  /** A reader of the events of a row. It outlives the row. */
  static ChunkReader reader(InternalRow row, SharedTexts texts) {
    EventGroup group = new EventGroup();
    group.owner = row.getLong(1);
    group.recording = row.getUTF8String(2);
    group.host = row.getUTF8String(3);
    group.container = row.getUTF8String(4);
    group.started = row.isNullAt(5) ? null : Long.valueOf(row.getLong(5));
    group.file = row.getUTF8String(7);
    return new ChunkReader(row.getBinary(9), group.copy(texts::copyOf));
  }
}
