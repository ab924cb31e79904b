package syscallanomaly.trace.event.text;

import java.util.Optional;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.event.EventFormat.LineParser;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

/**
 * Reads the records of the audit daemon. A record is {@code node=HOST type=TYPE msg=audit(SECONDS:
 * SERIAL): key=value ...}; the host may be missing. The kernel writes text that a process chose,
 * such as its name, in base 16 if it holds a blank, a quote or a control character, so a process
 * cannot forge a field. An enriched record has names of numbers behind a group separator, in fields
 * with capital letters.
 */
final class AuditdParser implements LineParser {
  private static final long NANOS_OF_MILLISECOND = 1_000_000;

  // So that nanoseconds fit in a long.
  private static final long LAST_SECOND = 9_000_000_000L;

  private final CallNames names;
  private final Optional<Architecture> setting;
  private final LineCursor cursor = new LineCursor();

  AuditdParser(EventSettings settings) {
    this.names = new CallNames(settings);
    this.setting = settings.architecture();
  }

  @Override
  public void parse(String line, boolean cut, Sink sink) {
    if (line.isBlank()) {
      sink.ignored("empty line");
      return;
    }
    if (line.startsWith("----") || line.startsWith("time->")) {
      sink.ignored("separator of ausearch");
      return;
    }
    cursor.start(line);
    String host = cursor.skip("node=") ? token(line) : "";
    cursor.skipSpaces();
    if (!cursor.skip("type=")) {
      sink.rejected("is no audit record: " + Excerpt.of(line));
      return;
    }
    String type = token(line);
    cursor.skipSpaces();
    cursor.skip("msg=");
    if (!cursor.skip("audit(")) {
      sink.rejected("is an audit record without time and serial number: " + Excerpt.of(line));
    } else if (AuditTypes.isSystemCall(type)) {
      readCall(line, host, sink);
    } else {
      sink.ignored(AuditTypes.kind(type));
    }
  }

  private void readCall(String line, String host, Sink sink) {
    long time = time();
    if (time == LineCursor.NO_NUMBER) {
      sink.rejected(
          "has a time that is not as the kernel writes it, which ausearch --raw keeps: "
              + Excerpt.of(line));
      return;
    }
    AuditFields fields = AuditFields.of(line, cursor.at());
    String number = fields.plain("syscall");
    String process = fields.plain("pid");
    if (number == null || process == null) {
      sink.rejected(
          (number == null ? "has no system call: " : "has no process: ") + Excerpt.of(line));
      return;
    }
    long pid = decimal(process);
    if (pid == LineCursor.NO_NUMBER) {
      sink.rejected("has a process that is no number: " + Excerpt.of(process));
      return;
    }
    String name = name(number, fields.enriched("SYSCALL"));
    if (name != null) {
      event(fields, host, time, pid, names.number(name), name, sink);
      return;
    }
    Optional<Architecture> architecture = architecture(fields.plain("arch"));
    if (architecture.isEmpty()) {
      sink.rejected(
          "has the architecture %s, which has no table; there are %s"
              .formatted(
                  Excerpt.of(fields.plain("arch")), String.join(", ", Architecture.labels())));
      return;
    }
    int call;
    try {
      call = names.number(architecture.get(), Integer.parseInt(number));
    } catch (IllegalArgumentException e) {
      sink.rejected("has a number that no system call can have: " + Excerpt.of(number));
      return;
    }
    event(fields, host, time, pid, call, null, sink);
  }

  private static void event(
      AuditFields fields, String host, long time, long pid, int call, String name, Sink sink) {
    boolean exec = CallNames.isExec(call) && !"no".equals(fields.plain("success"));
    sink.event(
        new SystemCallEvent(
            exec ? Kind.EXEC : Kind.CALL,
            host,
            "",
            pid,
            pid,
            null,
            fields.text("exe"),
            time,
            call,
            CallNames.unknownName(call, name),
            null));
  }

  /** The call's name, if the record is enriched or interpreted, else null. */
  private static String name(String number, String enriched) {
    if (isName(enriched)) {
      return enriched;
    }
    return isName(number) ? number : null;
  }

  private static boolean isName(String text) {
    // The audit daemon writes unknown-syscall(451) where it knows no name.
    return text != null && !text.isEmpty() && CallNames.endOfName(text, 0) == text.length();
  }

  private Optional<Architecture> architecture(String recorded) {
    if (recorded == null) {
      return Optional.of(setting.orElse(Architecture.X86_64));
    }
    Optional<Architecture> named = Architecture.named(recorded);
    if (named.isPresent()) {
      return named;
    }
    try {
      return Architecture.ofAudit(Long.parseLong(recorded, 16));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Reads {@code seconds.milliseconds:serial)}; cuts digits that would not fit. */
  private long time() {
    long seconds = cursor.number();
    if (seconds == LineCursor.NO_NUMBER || seconds > LAST_SECOND || !cursor.skip(".")) {
      return LineCursor.NO_NUMBER;
    }
    long milliseconds = cursor.billionths() / NANOS_OF_MILLISECOND;
    if (!cursor.skip(":")) {
      return LineCursor.NO_NUMBER;
    }
    long serial = cursor.number();
    if (serial == LineCursor.NO_NUMBER || !cursor.skip(")")) {
      return LineCursor.NO_NUMBER;
    }
    return (seconds * 1000 + milliseconds) * NANOS_OF_MILLISECOND + serial % NANOS_OF_MILLISECOND;
  }

  /** Moves behind the text up to the next blank and returns it. */
  private String token(String line) {
    int start = cursor.at();
    int end = line.indexOf(' ', start);
    end = end < 0 ? line.length() : end;
    cursor.moveTo(end);
    return line.substring(start, end);
  }

  private static long decimal(String text) {
    LineCursor digits = new LineCursor();
    digits.start(text);
    long value = digits.number();
    return digits.atEnd() ? value : LineCursor.NO_NUMBER;
  }
}
