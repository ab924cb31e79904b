package syscallanomaly.trace.sequence;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads the columns of {@link EventColumns} from Spark's own rows. Spark reuses them, so texts that
 * outlive the row must be copied.
 */
final class EventRow {
  private static final int RECORDING = index(EventColumns.RECORDING);
  private static final int HOST = index(EventColumns.HOST);
  private static final int CONTAINER = index(EventColumns.CONTAINER);
  private static final int OWNER = index(EventColumns.OWNER);
  private static final int STARTED = index(EventColumns.STARTED);
  private static final int TIME = index(EventColumns.TIME);
  private static final int FILE = index(EventColumns.FILE);
  private static final int POSITION = index(EventColumns.POSITION);
  private static final int KIND = index(EventColumns.KIND);
  private static final int PROCESS = index(EventColumns.PROCESS);
  private static final int THREAD = index(EventColumns.THREAD);
  private static final int CALL = index(EventColumns.CALL);
  private static final int CREATED = index(EventColumns.CREATED);
  private static final int TEXT = index(EventColumns.TEXT);
  private static final int EXECUTABLE = index(EventColumns.EXECUTABLE);

  private static final int FAMILY = index(EventColumns.FAMILY);
  private static final int BUCKET = EventColumns.SCHEMA.size();

  private InternalRow row;

  private static int index(String column) {
    return EventColumns.SCHEMA.fieldIndex(column);
  }

  /** Reads from this row from now on. */
  EventRow at(InternalRow next) {
    row = next;
    return this;
  }

  long bucket() {
    return row.getLong(BUCKET);
  }

  UTF8String recording() {
    return row.getUTF8String(RECORDING);
  }

  UTF8String host() {
    return row.getUTF8String(HOST);
  }

  UTF8String container() {
    return row.getUTF8String(CONTAINER);
  }

  long owner() {
    return row.getLong(OWNER);
  }

  boolean hasStarted() {
    return !row.isNullAt(STARTED);
  }

  long started() {
    return row.getLong(STARTED);
  }

  boolean hasTime() {
    return !row.isNullAt(TIME);
  }

  long time() {
    return row.getLong(TIME);
  }

  UTF8String file() {
    return row.getUTF8String(FILE);
  }

  String fileName() {
    return file().toString();
  }

  long position() {
    return row.getLong(POSITION);
  }

  int kind() {
    return row.getInt(KIND);
  }

  long process() {
    return row.getLong(PROCESS);
  }

  long thread() {
    return row.getLong(THREAD);
  }

  /** Number of lines that a row without an event counts. */
  long lines() {
    return row.getLong(THREAD);
  }

  int call() {
    return row.getInt(CALL);
  }

  boolean hasCreated() {
    return !row.isNullAt(CREATED);
  }

  long created() {
    return row.getLong(CREATED);
  }

  boolean hasText() {
    return !row.isNullAt(TEXT);
  }

  String text() {
    return row.getUTF8String(TEXT).toString();
  }

  /** The family, which is not copied; empty for a normal event, null for an unknown one. */
  UTF8String family() {
    return row.isNullAt(FAMILY) ? null : row.getUTF8String(FAMILY);
  }

  /** The program's name, which is not copied, or null. */
  UTF8String executable() {
    return row.isNullAt(EXECUTABLE) ? null : row.getUTF8String(EXECUTABLE);
  }
}
