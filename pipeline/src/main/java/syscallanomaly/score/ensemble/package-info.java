/**
 * Combines the scores that several detectors give a trace into one.
 *
 * <p>Start at {@link syscallanomaly.score.ensemble.Ensemble}. {@link
 * syscallanomaly.score.ensemble.ScoreScale} brings the scores of a detector to the scale on which
 * all are compared, and {@link syscallanomaly.score.ensemble.Combination} has the formulas. The
 * package may use {@code score} and everything that {@code score} uses.
 */
package syscallanomaly.score.ensemble;
