package syscallanomaly.score;

import syscallanomaly.table.Column;
import syscallanomaly.table.RecordColumns;
import syscallanomaly.table.RequiredColumns;

/**
 * An alarm that a detector raises on an observed trace: a row of the {@code alarms} table. The rows
 * stay in Datasets, because there may be as many as traces. This record declares their columns.
 */
public record Alarm(
    @Column(
            comment =
                "Path of the trace's file in the folder or archive that was read; unique in the run.")
        String traceId,
    @Column(comment = "Name of the detector that raises the alarm.") String detector,
    @Column(comment = "Score of the trace, as in trace_scores.") double score,
    @Column(
            comment =
                "Share of normal traces that look at least as anomalous, above 0 and at most the"
                    + " false-alarm rate that the run asked for.")
        double pValue,
    @Column(comment = "Number of system calls in the trace, at least 1.") long calls,
    @Column(
            comment =
                "The part of an ensemble that finds the trace most anomalous; null if the detector"
                    + " is no ensemble.")
        String part) {

  /** The columns that a method needs of alarms. */
  public static final RequiredColumns REQUIRED =
      new RequiredColumns("alarms", RecordColumns.of(Alarm.class).schema());
}
