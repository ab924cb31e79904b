package syscallanomaly.trace.event.text;

import java.util.Set;
import syscallanomaly.trace.event.EventFormat.LineParser;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

/**
 * Reads the lines of sysdig. A process chooses its name, which may hold blanks and even what looks
 * like the columns behind it. The name has at most 15 characters, so the last place within reach
 * that looks like these columns is where they are.
 */
final class SysdigParser implements LineParser {
  // TASK_COMM_LEN of Linux, without the zero at the end.
  private static final int LONGEST_NAME = 15;

  private static final int NO_CALL = -1;

  private static final Set<String> NO_CALLS =
      Set.of(
          "asyncevent",
          "container",
          "cpu_hotplug",
          "drop",
          "groupadded",
          "groupdeleted",
          "infra",
          "k8s",
          "mesos",
          "notification",
          "page_fault",
          "pluginevent",
          "procinfo",
          "scapevent",
          "signaldeliver",
          "switch",
          "sysdigevent",
          "tracer",
          "useradded",
          "userdeleted");

  private final CallNames names;
  private final char counted;
  private final LineCursor cursor = new LineCursor();

  SysdigParser(EventSettings settings) {
    this.names = new CallNames(settings);
    this.counted = settings.sysdigDirection() == SysdigDirection.ENTER ? '>' : '<';
  }

  @Override
  public void parse(String line, boolean cut, Sink sink) {
    if (line.isBlank()) {
      sink.ignored("empty line");
      return;
    }
    if (line.startsWith("Attaching ") || line.startsWith("Lost ")) {
      sink.ignored(line.startsWith("L") ? "loss of events by bpftrace" : "message of bpftrace");
      return;
    }
    cursor.start(line);
    long time = column();
    // A user that sysdig does not know is -1, and in containers 4294967295.
    cursor.skip("-");
    long user = column();
    long process = column();
    if (time == LineCursor.NO_NUMBER
        || user == LineCursor.NO_NUMBER
        || process == LineCursor.NO_NUMBER) {
      sink.rejected("does not begin with time, user and process: " + Excerpt.of(line));
      return;
    }
    int name = cursor.at();
    int end = endOfName(line, name);
    if (end < 0) {
      sink.rejected("has no thread, call and direction: " + Excerpt.of(line));
      return;
    }
    cursor.moveTo(end + 1);
    long thread = column();
    int call = cursor.at();
    int endOfCall = line.indexOf(' ', call);
    read(
        new Columns(time, process, line.substring(name, end), thread),
        line.substring(call, endOfCall),
        line.charAt(endOfCall + 1),
        line.substring(Math.min(line.length(), endOfCall + 3)),
        sink);
  }

  private record Columns(long time, long process, String program, long thread) {}

  private void read(Columns columns, String call, char direction, String arguments, Sink sink) {
    if (call.equals("procexit")) {
      Kind kind = columns.process == columns.thread ? Kind.PROCESS_END : Kind.THREAD_END;
      sink.event(event(kind, columns, columns.program, -1, null));
    } else if (NO_CALLS.contains(call)) {
      sink.ignored("event " + call);
    } else if (direction != counted) {
      sink.ignored(direction == '>' ? "beginning of a call" : "end of a call");
    } else {
      readCall(columns, call, arguments, sink);
    }
  }

  private void readCall(Columns columns, String call, String arguments, Sink sink) {
    // sysdig names a call that it has no event for in the arguments: ID=334(rseq) nativeID=334.
    String name = call.equals("syscall") ? nameIn(arguments) : call;
    int number = name == null ? numberIn(arguments) : names.number(name);
    if (number == NO_CALL) {
      sink.rejected("has a call without a name or number: " + Excerpt.of(arguments));
      return;
    }
    boolean exec = CallNames.isExec(number) && !arguments.startsWith("res=-");
    String program = exec ? program(arguments) : columns.program;
    sink.event(
        event(
            exec ? Kind.EXEC : Kind.CALL,
            columns,
            program == null ? columns.program : program,
            number,
            CallNames.unknownName(number, name)));
  }

  private SystemCallEvent event(
      Kind kind, Columns columns, String program, int number, String unknownName) {
    return new SystemCallEvent(
        kind,
        "",
        "",
        columns.process,
        columns.thread,
        null,
        program,
        columns.time,
        number,
        unknownName,
        null);
  }

  /** Moves behind the number that stands here and the blank behind it. */
  private long column() {
    long value = cursor.number();
    return value != LineCursor.NO_NUMBER && cursor.skip(" ") ? value : LineCursor.NO_NUMBER;
  }

  /** The index of the blank behind the name that starts at {@code from}, or -1. */
  private int endOfName(String line, int from) {
    for (int end = Math.min(line.length(), from + LONGEST_NAME); end >= from; end--) {
      if (end < line.length() && line.charAt(end) == ' ' && isCall(line, end + 1)) {
        return end;
      }
    }
    return -1;
  }

  /** Whether thread, call and direction stand at an index. */
  private boolean isCall(String line, int from) {
    cursor.moveTo(from);
    if (column() == LineCursor.NO_NUMBER) {
      return false;
    }
    int end = CallNames.endOfName(line, cursor.at());
    if (end == cursor.at()) {
      return false;
    }
    cursor.moveTo(end);
    boolean direction = cursor.skip(" >") || cursor.skip(" <");
    return direction && (cursor.atEnd() || cursor.here() == ' ');
  }

  private static String nameIn(String arguments) {
    int open = arguments.startsWith("ID=") ? arguments.indexOf('(') : -1;
    int end = open < 0 ? -1 : CallNames.endOfName(arguments, open + 1);
    return end > open + 1 && arguments.startsWith(")", end)
        ? arguments.substring(open + 1, end)
        : null;
  }

  private int numberIn(String arguments) {
    String key = "nativeID=";
    int found = arguments.startsWith(key) ? 0 : arguments.indexOf(" " + key) + 1;
    if (!arguments.startsWith(key, found)) {
      return NO_CALL;
    }
    cursor.start(arguments);
    cursor.moveTo(found + key.length());
    long own = cursor.number();
    try {
      return names.number(names.architecture(), Math.toIntExact(own));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return NO_CALL;
    }
  }

  /** The program that execve is to run, or the one that runs now; null if it is not said. */
  private static String program(String arguments) {
    for (String key : new String[] {" exe=", " filename="}) {
      int found = (" " + arguments).indexOf(key);
      if (found >= 0) {
        int start = found + key.length() - 1;
        int blank = arguments.indexOf(' ', start);
        String path = arguments.substring(start, blank < 0 ? arguments.length() : blank);
        return path.isEmpty() ? null : path;
      }
    }
    return null;
  }
}
