package syscallanomaly.trace.sequence;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.event.SystemCallEvent;

/**
 * The columns of events on their way to traces. A row is an event, or says how many lines of a file
 * gave none.
 */
public final class EventColumns {
  /** Recording that the event belongs to, or empty if its host is known: string. */
  public static final String RECORDING = "recording";

  /** Name of the host, or empty: string. */
  public static final String HOST = "host";

  /** Name of the container, or empty: string. */
  public static final String CONTAINER = "container";

  /** What the events of a trace share besides: process, thread or {@link #FOUND_OUT}: long. */
  public static final String OWNER = "owner";

  /** When the process started, in nanoseconds since 1970, or null: long. */
  public static final String STARTED = "started";

  /** When it happened, in nanoseconds since 1970, or null: long. */
  public static final String TIME = "time";

  /** Path of the file, relative to its split's folder; empty for the rows of a table: string. */
  public static final String FILE = "file";

  /** Position in the file in bytes, or what orders the rows of a table at the same time: long. */
  public static final String POSITION = "position";

  /** Kind of the row, see {@link #REJECTED}: int. */
  public static final String KIND = "kind";

  public static final String PROCESS = "process";

  /** Thread; in a row that counts lines their number: long. */
  public static final String THREAD = "thread";

  /** Number of the call: int. */
  public static final String CALL = "call";

  /** Thread that the call added to the process, or null: long. */
  public static final String CREATED = "created";

  /** Name of a call that no table holds, or why lines gave no event, or null: string. */
  public static final String TEXT = "text";

  /** Program that runs, or null: string. */
  public static final String EXECUTABLE = "executable";

  /**
   * Family of the attack that the event belongs to; empty if its labels call it normal, null if
   * nothing says what it is: string.
   */
  public static final String FAMILY = "family";

  /** Hash of what tells processes apart, a column of chunks: long. */
  static final String BUCKET = "bucket";

  /** Owner of events whose process is found out when they are in order. */
  public static final long FOUND_OUT = Long.MIN_VALUE;

  /** A row that counts the rejected lines of a file. Smaller kinds are those of events. */
  public static final int REJECTED = 10;

  /** A row that counts the lines of a file that are no calls. */
  public static final int IGNORED = REJECTED + 1;

  /** A row that counts something else, which its text names as {@code EventCounts} does. */
  public static final int COUNTED = IGNORED + 1;

  static final StructType SCHEMA =
      new StructType()
          .add(RECORDING, DataTypes.StringType)
          .add(HOST, DataTypes.StringType)
          .add(CONTAINER, DataTypes.StringType)
          .add(OWNER, DataTypes.LongType)
          .add(STARTED, DataTypes.LongType)
          .add(TIME, DataTypes.LongType)
          .add(FILE, DataTypes.StringType)
          .add(POSITION, DataTypes.LongType)
          .add(KIND, DataTypes.IntegerType)
          .add(PROCESS, DataTypes.LongType)
          .add(THREAD, DataTypes.LongType)
          .add(CALL, DataTypes.IntegerType)
          .add(CREATED, DataTypes.LongType)
          .add(TEXT, DataTypes.StringType)
          .add(EXECUTABLE, DataTypes.StringType)
          .add(FAMILY, DataTypes.StringType);

  private EventColumns() {}

  /** The schema of the rows that {@link EventSequence#of} takes. */
  public static StructType schema() {
    return SCHEMA;
  }

  /** The number of a kind of event in the column {@code kind}. */
  public static int code(SystemCallEvent.Kind kind) {
    return switch (kind) {
      case CALL -> 0;
      case RESUMED -> 1;
      case EXEC -> 2;
      case THREAD_END -> 3;
      case PROCESS_END -> 4;
    };
  }

  /**
   * Makes the row of an event.
   *
   * @param recording name of the recording that the file belongs to, which tells processes of
   *     unknown hosts apart
   * @param owner process, thread, or {@link #FOUND_OUT} if the events of a recording say which
   *     threads are one process
   * @param file path of the file relative to its split's folder
   * @param position position of the event's line in the file, in bytes
   * @param family family of the attack that the event belongs to; empty if its labels call it
   *     normal, null if nothing says what it is
   */
  public static Row event(
      SystemCallEvent event,
      String recording,
      long owner,
      String file,
      long position,
      String family) {
    return RowFactory.create(
        event.host().isEmpty() ? recording : "",
        event.host(),
        event.container(),
        owner,
        event.started(),
        event.time(),
        file,
        position,
        code(event.kind()),
        event.process(),
        event.thread(),
        event.call(),
        event.createdThread(),
        event.unknownName(),
        event.executable(),
        family);
  }

  /** Makes a row that counts one more of something. */
  public static Row counted(String file, Counted number) {
    return lines(COUNTED, file, 0, number.name(), 1);
  }

  /**
   * Makes a row that counts lines without an event.
   *
   * @param kind {@link #REJECTED} or {@link #IGNORED}
   * @param text why they were rejected, or what they are
   * @param lines number of such lines, at least 1
   */
  public static Row lines(int kind, String file, long position, String text, long lines) {
    return RowFactory.create(
        file, "", "", 0L, null, null, file, position, kind, 0L, lines, -1, null, text, null, null);
  }
}
