package syscallanomaly.trace.event.table;

import java.io.Serializable;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.call.SystemCalls;

/** The number of a call that a table names, or numbers as its architecture does. */
final class CallNumber implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Stands for no number. */
  static final int NONE = -1;

  private final Architecture fallback;
  private final boolean mergeVariants;

  /**
   * @param fallback architecture of calls without one
   */
  CallNumber(Architecture fallback, boolean mergeVariants) {
    this.fallback = fallback;
    this.mergeVariants = mergeVariants;
  }

  /**
   * The number of a call.
   *
   * @param architecture the call's architecture; null or empty if it is not known
   * @return {@link #NONE} if the text is empty, if the architecture is none or if no call can have
   *     the number
   */
  int of(String call, String architecture) {
    if (call.isEmpty()) {
      return NONE;
    }
    SystemCalls calls = SystemCalls.tables();
    int number;
    if (Character.isDigit(call.charAt(0))) {
      Architecture of =
          architecture == null || architecture.isEmpty()
              ? fallback
              : Architecture.named(architecture).orElse(null);
      if (of == null) {
        return NONE;
      }
      try {
        number = calls.number(of, Integer.parseInt(call));
      } catch (IllegalArgumentException e) {
        return NONE;
      }
    } else {
      number = calls.number(call);
    }
    return mergeVariants ? calls.merged(number) : number;
  }
}
