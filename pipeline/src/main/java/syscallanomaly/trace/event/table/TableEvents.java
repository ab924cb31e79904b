package syscallanomaly.trace.event.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.unsafe.types.UTF8String;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.sequence.Event;
import syscallanomaly.trace.sequence.EventColumns;

/**
 * Makes events of the rows of a table, in one object. A row without a process, call or time, or
 * with a value that is none, becomes one that says so.
 */
final class TableEvents implements Iterator<Event> {
  private static final UTF8String NO_PROCESS =
      UTF8String.fromString("a row has no process, or one that is no whole number");
  private static final UTF8String NO_CALL = UTF8String.fromString("a row has no system call");
  private static final UTF8String NO_TIME =
      UTF8String.fromString("a row has no time, or one that is none");
  private static final int LONGEST_VALUE = 40;
  private static final int CALL = EventColumns.code(Kind.CALL);
  private static final int EXEC = EventColumns.code(Kind.EXEC);
  private static final int EXECVE = SystemCalls.tables().number("execve");
  private static final int EXECVEAT = SystemCalls.tables().number("execveat");

  private final Iterator<TableBatch> batches;
  private final CallNumber numbers;
  private final boolean isTimed;
  private final boolean byThread;
  private final Event event = new Event();
  private TableBatch batch = new TableBatch();
  private int next;
  private Long lastStart;

  private TableText[] host;
  private TableText[] container;
  private TableText[] call;
  private TableText[] architecture;
  private TableText[] executable;
  private TableText[] family;
  private long[] process;
  private long[] thread;
  private long[] started;
  private long[] time;
  private long[] order;
  private boolean[] hasNoProcess;
  private boolean[] hasNoThread;
  private boolean[] hasNoStart;
  private boolean[] hasNoTime;
  private boolean[] hasNoOrder;

  /**
   * @param batches the iterator may reuse one batch
   * @param isTimed whether the table has a column of times
   * @param byThread whether each thread gives traces of its own
   */
  TableEvents(Iterator<TableBatch> batches, CallNumber numbers, boolean isTimed, boolean byThread) {
    this.batches = batches;
    this.numbers = numbers;
    this.isTimed = isTimed;
    this.byThread = byThread;
  }

  @Override
  public boolean hasNext() {
    while (next == batch.size()) {
      if (!batches.hasNext()) {
        return false;
      }
      take(batches.next());
    }
    return true;
  }

  private void take(TableBatch taken) {
    batch = taken;
    next = 0;
    host = taken.texts(Field.HOST);
    container = taken.texts(Field.CONTAINER);
    call = taken.texts(Field.CALL);
    architecture = taken.texts(Field.ARCHITECTURE);
    executable = taken.texts(Field.EXECUTABLE);
    family = taken.texts(Field.FAMILY);
    process = taken.numbers(Field.PROCESS);
    thread = taken.numbers(Field.THREAD);
    started = taken.numbers(Field.STARTED);
    time = taken.numbers(Field.TIME);
    order = taken.numbers(Field.ORDER);
    hasNoProcess = taken.isNull(Field.PROCESS);
    hasNoThread = taken.isNull(Field.THREAD);
    hasNoStart = taken.isNull(Field.STARTED);
    hasNoTime = taken.isNull(Field.TIME);
    hasNoOrder = taken.isNull(Field.ORDER);
  }

  @Override
  public Event next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int row = next++;
    if (hasNoProcess[row]) {
      return rejected(NO_PROCESS);
    }
    if (call[row] == null) {
      return rejected(NO_CALL);
    }
    int number = call[row].callNumber(architecture[row], numbers);
    if (number == CallNumber.NONE) {
      return rejected(noSuchCall(call[row], architecture[row]));
    }
    if (isTimed && hasNoTime[row]) {
      return rejected(NO_TIME);
    }
    long itsProcess = process[row];
    long itsThread = hasNoThread[row] ? itsProcess : thread[row];
    belongsTo(
        orEmpty(host[row]), orEmpty(container[row]), byThread ? itsThread : itsProcess, start(row));
    event.at(!hasNoTime[row], time[row], hasNoOrder[row] ? 0 : order[row]);
    event.is(
        number == EXECVE || number == EXECVEAT ? EXEC : CALL,
        itsProcess,
        itsThread,
        number,
        number >= SystemCalls.UNKNOWN_NAMES ? call[row].value : null,
        executable[row] == null ? null : executable[row].value,
        family[row] == null ? null : familyOf(family[row].value));
    return event;
  }

  private void belongsTo(TableText host, TableText container, long owner, Long start) {
    event.belongsTo(
        host.value, container.value, Event.hashOfPlace(host.hash, container.hash), owner, start);
  }

  /** When the process started, or null. */
  private Long start(int row) {
    if (hasNoStart[row]) {
      return null;
    }
    if (lastStart == null || lastStart != started[row]) {
      lastStart = started[row];
    }
    return lastStart;
  }

  private static TableText orEmpty(TableText text) {
    return text == null ? TableText.EMPTY : text;
  }

  /** Where a table has no family, nothing says that an event is normal. */
  private static UTF8String familyOf(UTF8String text) {
    return text.trim().numBytes() == 0 ? null : text;
  }

  /** Rejected rows differ in their reasons alone, so that equal reasons come one after another. */
  private Event rejected(UTF8String reason) {
    belongsTo(TableText.EMPTY, TableText.EMPTY, 0, null);
    event.at(false, 0, 0);
    event.is(EventColumns.REJECTED, 0, 1, -1, reason, null, null);
    return event;
  }

  private static UTF8String noSuchCall(TableText call, TableText architecture) {
    return UTF8String.fromString(
        "a row has the system call '%s' of the architecture '%s', which cannot be"
            .formatted(shortened(call), architecture == null ? "" : shortened(architecture)));
  }

  private static String shortened(TableText text) {
    return text.value.substring(0, LONGEST_VALUE).toString();
  }
}
