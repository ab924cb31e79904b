package syscallanomaly.report;

import syscallanomaly.trace.Split;

/**
 * How many traces of a split a detector reported at its own alarm threshold.
 *
 * @param detector name of the detector
 * @param split the split that the traces belong to
 * @param traces number of traces scored
 * @param alarms number of traces that raised an alarm, at most {@code traces}
 */
public record Alarms(String detector, Split split, long traces, long alarms) {

  /** Share of the traces that raised an alarm, 0..1; NaN if no traces were scored. */
  public double rate() {
    return (double) alarms / traces;
  }
}
