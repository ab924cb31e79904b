package syscallanomaly.trace.event.table;

import org.apache.spark.sql.api.java.UDF2;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.call.SystemCalls;

/**
 * The number of a call that a table names, or numbers as its architecture does. The result is null
 * if the text is empty, if the architecture is not known or if no call can have the number.
 */
final class CallNumber implements UDF2<String, String, Integer> {
  private static final long serialVersionUID = 1L;

  private final Architecture fallback;
  private final boolean mergeVariants;

  /**
   * @param fallback architecture of calls without one
   */
  CallNumber(Architecture fallback, boolean mergeVariants) {
    this.fallback = fallback;
    this.mergeVariants = mergeVariants;
  }

  @Override
  public Integer call(String call, String architecture) {
    if (call == null || call.isEmpty()) {
      return null;
    }
    SystemCalls calls = SystemCalls.tables();
    int number;
    if (Character.isDigit(call.charAt(0))) {
      Architecture of =
          architecture == null || architecture.isEmpty()
              ? fallback
              : Architecture.named(architecture).orElse(null);
      if (of == null) {
        return null;
      }
      try {
        number = calls.number(of, Integer.parseInt(call));
      } catch (IllegalArgumentException e) {
        return null;
      }
    } else {
      number = calls.number(call);
    }
    return mergeVariants ? calls.merged(number) : number;
  }
}
