package syscallanomaly.score.observed;

import java.util.List;
import java.util.Optional;
import syscallanomaly.score.containment.NearestReference;
import syscallanomaly.score.fitted.SurprisingCall;
import syscallanomaly.trace.format.TraceOrigin;

/**
 * An observed trace that stands out, and why.
 *
 * @param traceId id of the trace as read from the input; it may hold any character
 * @param copies number of observed traces that equal this one, itself included
 * @param calls number of system calls in the trace, at least 1
 * @param score score of the trace; a higher one is more anomalous
 * @param pValue p-value of the score, above 0 and at most 1, see {@link
 *     syscallanomaly.score.Calibration#pValue}
 * @param alarm whether the detector reports the trace
 * @param part the part of an ensemble that finds the trace most anomalous; empty if the detector is
 *     no ensemble
 * @param surprising the calls that the language model expected least, the least expected one first;
 *     empty if the detector has no language model
 * @param unknown the calls that the vocabulary does not hold
 * @param unseen the n-grams that no training trace holds; empty if the detector has no STIDE
 * @param nearest the training trace that is most alike; empty if the detector compares with none
 * @param origin where the trace was recorded; empty if its format does not say it
 */
public record ObservedTrace(
    String traceId,
    long copies,
    long calls,
    double score,
    double pValue,
    boolean alarm,
    Optional<String> part,
    List<SurprisingCall> surprising,
    UnknownCalls unknown,
    Optional<UnseenGrams> unseen,
    Optional<NearestReference> nearest,
    Optional<TraceOrigin> origin) {

  public ObservedTrace {
    surprising = List.copyOf(surprising);
  }
}
