package syscallanomaly.score.fitted;

import java.util.List;
import syscallanomaly.trace.Split;

/**
 * A trace with a high score, and the calls that the model expected least.
 *
 * @param traceId id of the trace as read from the input; it may hold any character
 * @param family attack family; empty for a normal trace
 * @param split split of the trace
 * @param calls number of system calls in the trace, at least 1
 * @param score score of the trace; a higher one is more anomalous
 * @param pValue p-value of the score, above 0 and at most 1, see {@link
 *     syscallanomaly.score.Calibration#pValue}
 * @param alarm whether the trace is reported
 * @param surprising the least expected calls; the least expected one comes first
 */
public record AnomalousTrace(
    String traceId,
    String family,
    Split split,
    long calls,
    double score,
    double pValue,
    boolean alarm,
    List<SurprisingCall> surprising) {

  public AnomalousTrace {
    surprising = List.copyOf(surprising);
  }
}
