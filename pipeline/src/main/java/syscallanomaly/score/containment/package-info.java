/**
 * Detectors that compare a trace with known normal traces. A trace is normal if much of what a few
 * of them do is in it.
 *
 * <p>Start at {@link syscallanomaly.score.containment.ContainmentFamily}, which has the formulas.
 * The package-private class {@code ReferenceTraces} chooses the normal traces, {@code
 * ReferenceIndex} holds them on the workers, and {@code TraceComparison} compares a trace with all
 * of them. The package uses {@code score} and everything that {@code score} uses.
 */
package syscallanomaly.score.containment;
