package syscallanomaly.trace.sequence;

import java.util.Comparator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * An event on its way to a trace, or a row that counts lines. Readers use one object for all
 * events, one after another. Its texts may lie in memory that Spark uses again, so those that
 * outlive the event must be copied; those of a table's row stay as they are.
 *
 * <p>The natural order is that of the events of one group, and total but for equal events.
 */
public final class Event implements Comparable<Event> {
  private static final int TIME = EventColumns.SCHEMA.fieldIndex(EventColumns.TIME);
  private static final int POSITION = EventColumns.SCHEMA.fieldIndex(EventColumns.POSITION);
  private static final int KIND = EventColumns.SCHEMA.fieldIndex(EventColumns.KIND);
  private static final int PROCESS = EventColumns.SCHEMA.fieldIndex(EventColumns.PROCESS);
  private static final int THREAD = EventColumns.SCHEMA.fieldIndex(EventColumns.THREAD);
  private static final int CALL = EventColumns.SCHEMA.fieldIndex(EventColumns.CALL);
  private static final int CREATED = EventColumns.SCHEMA.fieldIndex(EventColumns.CREATED);
  private static final int TEXT = EventColumns.SCHEMA.fieldIndex(EventColumns.TEXT);
  private static final int EXECUTABLE = EventColumns.SCHEMA.fieldIndex(EventColumns.EXECUTABLE);
  private static final int FAMILY = EventColumns.SCHEMA.fieldIndex(EventColumns.FAMILY);

  private static final Comparator<UTF8String> TEXTS =
      Comparator.nullsFirst(Comparator.<UTF8String>naturalOrder());

  /** What it shares with others. The file may be another one. */
  EventGroup group;

  UTF8String file;
  boolean hasTime;

  /** Nanoseconds since 1970; without a time, the one of the event before. */
  long time;

  /** Position in the file in bytes, or what orders the rows of a table at the same time. */
  long position;

  int kind;
  long process;

  /** Thread; in a row that counts lines their number. */
  long thread;

  int call;
  boolean hasCreated;
  long created;

  /** Name of a call that no table holds, or why lines gave no event, or null. */
  UTF8String text;

  /** The program's name, or null. */
  UTF8String executable;

  /** Family of the attack that it belongs to; empty if it is normal by its labels, or null. */
  UTF8String family;

  /** Whether nothing changes the texts after the event. */
  private boolean hasLastingTexts;

  /** An event to be filled in, without any value. */
  public Event() {}

  /**
   * Says to which process or thread a table's row belongs. Texts are kept and must not change.
   *
   * @param host name of the host, or empty
   * @param container name of the container, or empty
   * @param hashOfPlace what {@link #hashOfPlace} gives for both
   * @param owner process or thread
   * @param started when the process started, in nanoseconds since 1970, or null
   */
  public void belongsTo(
      UTF8String host, UTF8String container, int hashOfPlace, long owner, Long started) {
    if (group == null) {
      group = new EventGroup();
      file = group.file;
      hasLastingTexts = true;
    }
    group.ofTable(host, container, hashOfPlace, owner, started);
  }

  /** Hash of host and container, from the {@code hashCode} of each. */
  public static int hashOfPlace(int hashOfHost, int hashOfContainer) {
    return EventGroup.hashOfPlace(hashOfHost, hashOfContainer);
  }

  /**
   * Says where in order a table's row is.
   *
   * @param nanos nanoseconds since 1970; any number if there is no time
   * @param order what orders rows of the same time
   */
  public void at(boolean isTimed, long nanos, long order) {
    hasTime = isTimed;
    time = isTimed ? nanos : time;
    position = order;
  }

  /**
   * Says what a table's row is.
   *
   * @param ofKind number of the kind, see {@link EventColumns#code} and {@link
   *     EventColumns#REJECTED}
   * @param number number of the call, -1 if it is none
   * @param name name of a call that no table of calls holds, or why the row is rejected, or null
   * @param program program that runs, or null
   * @param attack as in {@link EventColumns#FAMILY}
   */
  public void is(
      int ofKind,
      long ofProcess,
      long ofThread,
      int number,
      UTF8String name,
      UTF8String program,
      UTF8String attack) {
    kind = ofKind;
    process = ofProcess;
    thread = ofThread;
    call = number;
    text = name;
    executable = program;
    family = attack;
  }

  /**
   * Takes the values of a row with the columns of {@link EventColumns}. Texts are not copied.
   *
   * @param of the group of the row, with its file
   */
  Event at(InternalRow row, EventGroup of) {
    group = of;
    file = of.file;
    hasTime = !row.isNullAt(TIME);
    time = hasTime ? row.getLong(TIME) : time;
    position = row.getLong(POSITION);
    kind = row.getInt(KIND);
    process = row.getLong(PROCESS);
    thread = row.getLong(THREAD);
    call = row.getInt(CALL);
    hasCreated = !row.isNullAt(CREATED);
    created = hasCreated ? row.getLong(CREATED) : 0;
    text = row.isNullAt(TEXT) ? null : row.getUTF8String(TEXT);
    executable = row.isNullAt(EXECUTABLE) ? null : row.getUTF8String(EXECUTABLE);
    family = row.isNullAt(FAMILY) ? null : row.getUTF8String(FAMILY);
    return this;
  }

  /** Takes the values of another event. Texts are copied where they are new. */
  Event set(Event other) {
    setNumbers(other);
    file = kept(file, other.file);
    text = kept(text, other.text);
    executable = kept(executable, other.executable);
    family = kept(family, other.family);
    return this;
  }

  /** Takes all values of another event but its texts. */
  void setNumbers(Event other) {
    group = other.group;
    hasTime = other.hasTime;
    time = hasTime ? other.time : time;
    position = other.position;
    kind = other.kind;
    process = other.process;
    thread = other.thread;
    call = other.call;
    hasCreated = other.hasCreated;
    created = other.created;
  }

  /** A text of this event, or a copy of it, that outlives the event, or null. */
  UTF8String lasting(UTF8String own, SharedTexts texts) {
    return hasLastingTexts ? own : texts.copyOf(own);
  }

  /** A copy of the group that outlives the event. */
  EventGroup ownGroup(SharedTexts texts) {
    return group.copy(text -> lasting(text, texts));
  }

  private static UTF8String kept(UTF8String mine, UTF8String other) {
    if (isSame(mine, other)) {
      return mine;
    }
    return other == null ? null : other.clone();
  }

  /** Whether both are null, or the same text. */
  @SuppressWarnings("ReferenceEquality") // The events of a chunk usually have one object.
  static boolean isSame(UTF8String one, UTF8String other) {
    return one == other || (one != null && one.equals(other));
  }

  boolean hasText() {
    return text != null;
  }

  boolean isOfTable() {
    return file.numBytes() == 0;
  }

  /** Number of lines that a row without an event counts. */
  long lines() {
    return thread;
  }

  /**
   * Compares time, file and position: the order in which chunks come that begin with the events.
   */
  int comparePlace(Event other) {
    if (hasTime != other.hasTime) {
      return hasTime ? 1 : -1;
    }
    if (hasTime && time != other.time) {
      return time < other.time ? -1 : 1;
    }
    int files = isSame(file, other.file) ? 0 : file.compareTo(other.file);
    return files != 0 ? files : Long.compare(position, other.position);
  }

  @Override
  public int compareTo(Event other) {
    int places = comparePlace(other);
    return places != 0 ? places : compareContent(other);
  }

  private int compareContent(Event other) {
    int order = Integer.compare(kind, other.kind);
    order = order != 0 ? order : Long.compare(process, other.process);
    order = order != 0 ? order : Long.compare(thread, other.thread);
    order = order != 0 ? order : Integer.compare(call, other.call);
    order = order != 0 ? order : Boolean.compare(hasCreated, other.hasCreated);
    order = order != 0 ? order : Long.compare(created, other.created);
    order = order != 0 ? order : TEXTS.compare(text, other.text);
    order = order != 0 ? order : TEXTS.compare(executable, other.executable);
    return order != 0 ? order : TEXTS.compare(family, other.family);
  }

  // Equality is not that of the order: readers keep one object for all events.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
