package syscallanomaly.score;

import java.time.Instant;
import syscallanomaly.table.Column;
import syscallanomaly.table.RecordColumns;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;

/**
 * The score that a detector gives a trace: a row of the {@code trace_scores} table. The rows stay
 * in Datasets, because there are as many as traces. This record declares their columns.
 */
public record TraceScore(
    @Column(comment = "Name of the detector, such as lstm or stide.") String detector,
    @Column(
            comment =
                "What the trace was read for: validation (normal traces) or attack, or observed"
                    + " (nobody knows its kind).")
        Split split,
    @Column(comment = "Attack family of the trace; null if it is no attack trace.") String family,
    @Column(
            comment =
                "Name of the trace, unique in the split: path of its file in the folder or archive of"
                    + " its split, or host and process.")
        String traceId,
    @Column(comment = "Number of system calls in the trace, at least 1.") long calls,
    @Column(
            comment =
                "Score that the detector gives the trace: the higher, the more anomalous. lstm:"
                    + " mean negative log-likelihood of its calls, in nats per call; stide: share of"
                    + " its n-grams, 0 to 1, that no training trace holds.")
        double score,
    @Column(
            comment =
                "Share of normal traces that look at least as anomalous, above 0 and at most 1:"
                    + " (1 + number of held-out training traces with at least this score) / (1 +"
                    + " number of held-out training traces).")
        double pValue,
    @Column(comment = "Whether the p-value is at most the false-alarm rate that the run asked for.")
        boolean alarm,
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
   * syscallanomaly.trace.TraceColumns#ORIGIN}, of trace scores.
   */
  public static final RequiredColumns REQUIRED =
      new RequiredColumns(
          "trace scores", TraceColumns.withoutOrigin(RecordColumns.of(TraceScore.class).schema()));
}
