package syscallanomaly.report;

import java.util.List;
import syscallanomaly.trace.Split;

/**
 * A trace that scored high, with the calls that made it so.
 *
 * @param traceId as read from the input: it may hold any character
 * @param family attack family; empty for a normal trace
 * @param calls system calls in the trace
 * @param score higher is more anomalous
 * @param pValue share of held-out normal training traces that score at least as high, 0..1
 * @param surprising the least expected calls, least expected first
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
