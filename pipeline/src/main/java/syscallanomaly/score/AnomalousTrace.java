package syscallanomaly.score;

import java.util.List;
import java.util.Optional;

/**
 * A trace that stands out, with the calls that make it so.
 *
 * @param family attack family; empty for a trace that is labelled normal
 * @param calls number of calls
 * @param surprising its most surprising calls, the most surprising first
 */
public record AnomalousTrace(
    String split,
    String traceId,
    Optional<String> family,
    long calls,
    double score,
    double pValue,
    boolean alarm,
    List<SurprisingCall> surprising) {}
