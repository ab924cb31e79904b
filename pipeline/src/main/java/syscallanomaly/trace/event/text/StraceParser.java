package syscallanomaly.trace.event.text;

import syscallanomaly.trace.event.EventFormat.LineParser;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

/**
 * Reads the lines of strace. A line is: the thread, the time, the time since the line before, the
 * call's number and the instruction's address in brackets, and what happened; all but the last may
 * be missing. What happened is {@code name(arguments) = result}, {@code name(arguments <unfinished
 * ...>}, {@code <... name resumed>...}, {@code --- signal ---} or {@code +++ end +++}. strace
 * escapes quotes and the ends of lines in arguments, so the beginning of a line cannot be forged by
 * the traced program, unless it writes to the same terminal or file as strace.
 */
final class StraceParser implements LineParser {
  // The largest id of a process that Linux can be configured to give. A larger number in front of
  // a line is a time.
  private static final long LARGEST_THREAD = 1L << 22;

  // Seconds since 1970 until 1973: a smaller time is relative to the line before.
  private static final long FIRST_DATE = 100_000_000;
  private static final long NANOS = 1_000_000_000;

  // So that nanoseconds fit in a long.
  private static final long LAST_DATE = 9_000_000_000L;

  private final CallNames names;
  private final long threadOfFile;
  private final StraceCall call;
  private final LineCursor cursor = new LineCursor();
  private long thread;
  private Long time;

  StraceParser(EventSettings settings, long threadOfFile) {
    this.names = new CallNames(settings);
    this.call = new StraceCall(names);
    this.threadOfFile = threadOfFile;
  }

  @Override
  public void parse(String line, boolean cut, Sink sink) {
    if (line.isBlank()) {
      sink.ignored("empty line");
    } else if (line.startsWith(" > ")) {
      sink.ignored("stack");
    } else if (isRestOfCall(line)) {
      sink.ignored("rest of a call");
    } else {
      cursor.start(line);
      if (readColumns()) {
        readEvent(line, cut, sink);
      } else {
        sink.rejected("is no line of strace: " + Excerpt.of(line));
      }
    }
  }

  /** strace -f without -o breaks a line where it says that it has attached to a new thread. */
  private static boolean isRestOfCall(String line) {
    return line.startsWith(" <unfinished ...>")
        || line.startsWith(" <detached ...>")
        || line.startsWith(" => {")
        || line.startsWith(", ")
        || line.startsWith(") = ");
  }

  /** Reads thread and time and moves to what happened; returns whether these are well-formed. */
  private boolean readColumns() {
    thread = threadOfFile;
    time = null;
    cursor.skipSpaces();
    if (cursor.startsWith("[pid ")) {
      return readThreadInBrackets() && readTimes();
    }
    if (LineCursor.isDigit(cursor.here())) {
      int start = cursor.at();
      long number = cursor.number();
      char after = cursor.here();
      if (number >= 0 && number <= LARGEST_THREAD && (after == ' ' || after == '<')) {
        thread = number;
        skipProgram();
      } else {
        cursor.moveTo(start);
      }
    }
    return readTimes();
  }

  private boolean readThreadInBrackets() {
    cursor.skip("[pid ");
    cursor.skipSpaces();
    thread = cursor.number();
    if (thread == LineCursor.NO_NUMBER) {
      return false;
    }
    skipProgram();
    cursor.skipPast(']');
    return true;
  }

  /**
   * The option -Y puts the name of the program behind the thread; strace escapes {@code >} there.
   */
  private void skipProgram() {
    if (cursor.here() == '<') {
      cursor.skipPast('>');
    }
  }

  private boolean readTimes() {
    cursor.skipSpaces();
    if (LineCursor.isDigit(cursor.here()) && !readTime()) {
      return false;
    }
    cursor.skipSpaces();
    if (cursor.startsWith("(+")) {
      cursor.skipPast(')');
      cursor.skipSpaces();
    }
    while (cursor.here() == '[' && !cursor.startsWith("[ Process ")) {
      cursor.skipPast(']');
      cursor.skipSpaces();
    }
    return true;
  }

  private boolean readTime() {
    long seconds = cursor.number();
    boolean ofDay = false;
    while (cursor.skip(":")) {
      ofDay = true;
      if (cursor.number() == LineCursor.NO_NUMBER) {
        return false;
      }
    }
    long billionths = cursor.skip(".") ? cursor.billionths() : 0;
    if (!ofDay && seconds >= FIRST_DATE && seconds <= LAST_DATE) {
      time = seconds * NANOS + billionths;
    }
    return seconds != LineCursor.NO_NUMBER && (cursor.here() == ' ' || cursor.atEnd());
  }

  private void readEvent(String line, boolean cut, Sink sink) {
    if (cursor.startsWith("--- ")) {
      sink.ignored("signal");
    } else if (cursor.skip("+++ ")) {
      readEnd(line, sink);
    } else if (cursor.skip("<... ")) {
      readResumed(line, sink);
    } else if (cursor.startsWith("strace: ") || cursor.startsWith("Process ")) {
      sink.ignored("message of strace");
    } else if (cursor.startsWith("[ Process ")) {
      sink.ignored("mode of the process");
    } else if (cursor.startsWith("???")) {
      sink.ignored("call that strace could not read");
    } else {
      readCall(line, cut, sink);
    }
  }

  private void readEnd(String line, Sink sink) {
    if (cursor.startsWith("exited with ") || cursor.startsWith("killed by ")) {
      sink.event(event(Kind.PROCESS_END, null, -1, null, null));
    } else if (cursor.startsWith("superseded by execve ")) {
      // The thread that called execve goes on under the id of the process's first thread.
      sink.ignored("superseded by execve");
    } else {
      sink.rejected("has an end that strace does not write: " + Excerpt.of(line));
    }
  }

  private void readResumed(String line, Sink sink) {
    int start = cursor.at();
    if (cursor.startsWith("???")) {
      sink.ignored("call that strace could not read");
      return;
    }
    int end = CallNames.endOfName(line, start);
    if (end == start || !line.startsWith(" resumed", end)) {
      sink.rejected("resumes no system call: " + Excerpt.of(line));
      return;
    }
    String name = line.substring(start, end);
    if (StraceCall.isExec(name)) {
      // If a thread calls execve, its first thread resumes it. The beginning counts already.
      sink.ignored("end of an execve");
      return;
    }
    finish(line, name, Kind.RESUMED, null, call.threadResumed(name, line, end), sink);
  }

  private void readCall(String line, boolean cut, Sink sink) {
    int start = cursor.at();
    int end = CallNames.endOfName(line, start);
    if (end == start || end >= line.length() || line.charAt(end) != '(') {
      sink.rejected(
          cursor.atEnd()
              ? "ends before the name of a call: " + Excerpt.of(line)
              : "is no line of strace: " + Excerpt.of(line));
      return;
    }
    String name = line.substring(start, end);
    if (!StraceCall.isUnnamed(name)
        && !names.isKnown(name)
        && !cut
        && !StraceCall.isComplete(line)) {
      sink.rejected(
          "has neither a known system call nor the end of one: "
              + Excerpt.of(line.substring(start)));
    } else if (StraceCall.isExec(name) && !StraceCall.failed(line)) {
      finish(line, name, Kind.EXEC, StraceCall.program(line, end), null, sink);
    } else {
      finish(line, name, Kind.CALL, null, call.threadCreated(name, line, end), sink);
    }
  }

  private void finish(
      String line, String name, Kind kind, String executable, Long created, Sink sink) {
    int number = call.number(name);
    if (number == StraceCall.NO_CALL) {
      sink.rejected("has a number that no system call can have: " + Excerpt.of(line));
    } else {
      sink.event(event(kind, executable, number, CallNames.unknownName(number, name), created));
    }
  }

  private SystemCallEvent event(
      Kind kind, String executable, int number, String unknownName, Long created) {
    return new SystemCallEvent(
        kind, "", "", thread, thread, null, executable, time, number, unknownName, created);
  }
}
