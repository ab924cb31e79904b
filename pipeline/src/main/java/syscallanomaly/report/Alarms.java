package syscallanomaly.report;

import syscallanomaly.trace.Split;

/**
 * How many traces of a split a detector reported at its alarm threshold.
 *
 * @param traces traces scored
 * @param alarms those among them with an alarm
 */
public record Alarms(String detector, Split split, long traces, long alarms) {

  /** Share of the traces with an alarm, 0..1; NaN without traces. */
  public double rate() {
    return (double) alarms / traces;
  }
}
