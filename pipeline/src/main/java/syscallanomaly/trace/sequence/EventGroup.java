package syscallanomaly.trace.sequence;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What all events of a chunk share: what they belong to, when its process started, and the file
 * that has them. It can be moved from row to row to look others up.
 */
final class EventGroup {
  private static final int BUCKET = EventColumns.SCHEMA.size();
  private static final int RECORDING = EventColumns.SCHEMA.fieldIndex(EventColumns.RECORDING);
  private static final int HOST = EventColumns.SCHEMA.fieldIndex(EventColumns.HOST);
  private static final int CONTAINER = EventColumns.SCHEMA.fieldIndex(EventColumns.CONTAINER);
  private static final int OWNER = EventColumns.SCHEMA.fieldIndex(EventColumns.OWNER);
  private static final int STARTED = EventColumns.SCHEMA.fieldIndex(EventColumns.STARTED);
  private static final int FILE = EventColumns.SCHEMA.fieldIndex(EventColumns.FILE);

  /** Hash of recording, host, container and owner. */
  long bucket;

  UTF8String recording;
  UTF8String host;
  UTF8String container;
  long owner;

  /** When the process started, in nanoseconds since 1970, or null. */
  Long started;

  UTF8String file;

  /**
   * Takes the values of a row with the columns of {@link EventColumns} and the hash behind them.
   * Texts are not copied.
   */
  EventGroup at(InternalRow row) {
    bucket = row.getLong(BUCKET);
    recording = row.getUTF8String(RECORDING);
    host = row.getUTF8String(HOST);
    container = row.getUTF8String(CONTAINER);
    owner = row.getLong(OWNER);
    started = row.isNullAt(STARTED) ? null : Long.valueOf(row.getLong(STARTED));
    file = row.getUTF8String(FILE);
    return this;
  }

  /** A copy whose texts outlive those of the row. */
  EventGroup copy(SharedTexts texts) {
    EventGroup copy = new EventGroup();
    copy.bucket = bucket;
    copy.recording = texts.copyOf(recording);
    copy.host = texts.copyOf(host);
    copy.container = texts.copyOf(container);
    copy.owner = owner;
    copy.started = started;
    copy.file = texts.copyOf(file);
    return copy;
  }

  /** Whether the events belong to the same process, thread or recording, whenever it started. */
  @SuppressWarnings("ReferenceEquality") // The events of a chunk have one object.
  boolean hasSameOwner(EventGroup other) {
    return this == other
        || (owner == other.owner
            && host.equals(other.host)
            && recording.equals(other.recording)
            && container.equals(other.container));
  }

  /** Whether only the file may be another one. */
  boolean isSameBut(EventGroup other) {
    return hasSameOwner(other) && startedAs(other);
  }

  boolean startedAs(EventGroup other) {
    return started == null ? other.started == null : started.equals(other.started);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventGroup same && isSameBut(same) && file.equals(same.file);
  }

  @Override
  public int hashCode() {
    int start = started == null ? 0 : started.hashCode();
    return (Long.hashCode(bucket) * 31 + start) * 31 + file.hashCode();
  }
}
