package syscallanomaly.score;

import java.time.Instant;
import syscallanomaly.table.Column;
import syscallanomaly.table.RecordColumns;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.TraceColumns;

/**
 * An alarm that a detector raises on an observed trace: a row of the {@code alarms} table. The rows
 * stay in Datasets, because there may be as many as traces. This record declares their columns.
 */
public record Alarm(
    @Column(
            comment =
                "Name of the trace, unique in the run: path of its file in the folder or archive that"
                    + " was read, or host and process.")
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
        String part,
    @Column(comment = "Host that recorded the trace; null if its format does not say it.")
        String host,
    @Column(comment = "Container of the trace's process; null if there is none or nobody knows it.")
        String container,
    @Column(comment = "Number of the trace's process; null if its format does not say it.")
        Long process,
    @Column(
            comment =
                "Number of the thread where a trace is that of one thread; null where it is that"
                    + " of a whole process.")
        Long thread,
    @Column(
            comment =
                "Program that the trace's process ran last in the trace; null if nobody knows it.")
        String executable,
    @Column(
            comment =
                "When the process started, or the time of the trace's first call if that is not"
                    + " known; null if the trace's format does not say it.")
        Instant started) {

  /**
   * The columns that a method needs, but for those of {@link
   * syscallanomaly.trace.TraceColumns#ORIGIN}, of alarms.
   */
  public static final RequiredColumns REQUIRED =
      new RequiredColumns(
          "alarms", TraceColumns.withoutOrigin(RecordColumns.of(Alarm.class).schema()));
}
