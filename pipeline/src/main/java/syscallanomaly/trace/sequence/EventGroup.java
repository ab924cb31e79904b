package syscallanomaly.trace.sequence;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What all events of a chunk share: what they belong to, when its process started, and the file
 * that has them. It can be moved from row to row to look others up.
 */
final class EventGroup {
  private static final int RECORDING = EventColumns.SCHEMA.fieldIndex(EventColumns.RECORDING);
  private static final int HOST = EventColumns.SCHEMA.fieldIndex(EventColumns.HOST);
  private static final int CONTAINER = EventColumns.SCHEMA.fieldIndex(EventColumns.CONTAINER);
  private static final int OWNER = EventColumns.SCHEMA.fieldIndex(EventColumns.OWNER);
  private static final int STARTED = EventColumns.SCHEMA.fieldIndex(EventColumns.STARTED);
  private static final int FILE = EventColumns.SCHEMA.fieldIndex(EventColumns.FILE);

  /** Seed with which Spark hashes columns. */
  private static final long SEED = 42;

  private static final UTF8String NONE = UTF8String.EMPTY_UTF8;
  private static final int HASH_OF_NONE = NONE.hashCode();

  /** Hash of recording, host, container and owner; only copies have it. */
  long bucket;

  UTF8String recording = NONE;
  UTF8String host = NONE;
  UTF8String container = NONE;
  long owner;

  /** When the process started, in nanoseconds since 1970, or null. */
  Long started;

  UTF8String file = NONE;

  /** Hash of the texts, or 0 if it is not known. */
  private int textHash;

  /** Takes the values of a row with the columns of {@link EventColumns}. Texts are not copied. */
  EventGroup at(InternalRow row) {
    textHash = 0;
    recording = row.getUTF8String(RECORDING);
    host = row.getUTF8String(HOST);
    container = row.getUTF8String(CONTAINER);
    owner = row.getLong(OWNER);
    started = row.isNullAt(STARTED) ? null : Long.valueOf(row.getLong(STARTED));
    file = row.getUTF8String(FILE);
    return this;
  }

  /**
   * Takes the values of a table's row. Texts are not copied.
   *
   * @param hashOfPlace hash of host and container, see {@link #hashOfPlace}
   */
  void ofTable(
      UTF8String ofHost, UTF8String ofContainer, int hashOfPlace, long ofOwner, Long start) {
    host = ofHost;
    container = ofContainer;
    textHash = hashOfPlace;
    owner = ofOwner;
    started = start;
  }

  /** Hash of the texts of a table's row, from the hashes of its host and container. */
  static int hashOfPlace(int hashOfHost, int hashOfContainer) {
    return hashOfTexts(HASH_OF_NONE, hashOfHost, hashOfContainer, HASH_OF_NONE);
  }

  private static int hashOfTexts(int recording, int host, int container, int file) {
    int hash = ((recording * 31 + host) * 31 + container) * 31 + file;
    return hash == 0 ? 1 : hash;
  }

  /**
   * A copy that outlives the row, with the bucket.
   *
   * @param lasting gives a text that outlives the row for one that may not
   */
  EventGroup copy(UnaryOperator<UTF8String> lasting) {
    EventGroup copy = new EventGroup();
    copy.bucket = hashOfOwner();
    copy.textHash = textHash;
    copy.recording = lasting.apply(recording);
    copy.host = lasting.apply(host);
    copy.container = lasting.apply(container);
    copy.owner = owner;
    copy.started = started;
    copy.file = lasting.apply(file);
    return copy;
  }

  /** The hash that decides the order of groups, as the column function {@code xxhash64} has it. */
  private long hashOfOwner() {
    long hash = SEED;
    hash = XxHash64Function.hash(recording, DataTypes.StringType, hash);
    hash = XxHash64Function.hash(host, DataTypes.StringType, hash);
    hash = XxHash64Function.hash(container, DataTypes.StringType, hash);
    return XxHash64Function.hash(owner, DataTypes.LongType, hash);
  }

  /** Whether the events belong to the same process, thread or recording, whenever it started. */
  @SuppressWarnings("ReferenceEquality") // The events of a chunk have one object.
  boolean hasSameOwner(EventGroup other) {
    return this == other
        || (owner == other.owner
            && Event.isSame(host, other.host)
            && Event.isSame(recording, other.recording)
            && Event.isSame(container, other.container));
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
    return other instanceof EventGroup same && isSameBut(same) && Event.isSame(file, same.file);
  }

  @Override
  public int hashCode() {
    if (textHash == 0) {
      textHash =
          hashOfTexts(recording.hashCode(), host.hashCode(), container.hashCode(), file.hashCode());
    }
    long start = started == null ? 0 : started;
    long mixed = ((owner * 31 + start) * 31 + textHash) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> Integer.SIZE);
  }
}
