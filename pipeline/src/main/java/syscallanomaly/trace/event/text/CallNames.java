package syscallanomaly.trace.event.text;

import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventSettings;

/** Numbers the calls of records as the settings ask for. */
final class CallNames {
  private static final int LONGEST_NAME = 64;
  private static final int EXECVE = SystemCalls.tables().number("execve");
  private static final int EXECVEAT = SystemCalls.tables().number("execveat");

  private final SystemCalls calls = SystemCalls.tables();
  private final Architecture architecture;
  private final boolean mergeVariants;

  CallNames(EventSettings settings) {
    this.architecture = settings.architecture().orElse(Architecture.X86_64);
    this.mergeVariants = settings.mergeVariants();
  }

  /** The architecture of numbers that do not say theirs. */
  Architecture architecture() {
    return architecture;
  }

  boolean isKnown(String name) {
    return calls.known(name).isPresent();
  }

  int number(String name) {
    return merged(calls.number(name));
  }

  /**
   * The number of a call that an architecture knows by a number of its own.
   *
   * @throws IllegalArgumentException if no call can have this number
   */
  int number(Architecture of, int own) {
    return merged(calls.number(of, own));
  }

  static boolean isExec(int call) {
    return call == EXECVE || call == EXECVEAT;
  }

  /** What {@link syscallanomaly.trace.event.SystemCallEvent#unknownName()} is for a call. */
  static String unknownName(int number, String name) {
    return number >= SystemCalls.UNKNOWN_NAMES ? name : null;
  }

  /** The index after the name that starts at {@code from}, or {@code from} if none does. */
  static int endOfName(String line, int from) {
    int end = from;
    while (end < line.length() && isNameCharacter(line.charAt(end))) {
      end++;
    }
    boolean name =
        end > from && end - from <= LONGEST_NAME && !Character.isDigit(line.charAt(from));
    return name ? end : from;
  }

  private int merged(int number) {
    return mergeVariants ? calls.merged(number) : number;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
