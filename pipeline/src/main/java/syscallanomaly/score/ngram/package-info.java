/**
 * Detectors that count n-grams of calls: how improbable a trace's calls are after the calls before
 * them.
 *
 * <p>Start at {@link syscallanomaly.score.ngram.NGramFamily}, which fits, calibrates and loads the
 * detectors; {@link syscallanomaly.score.ngram.NGramSettings} says what can be set. The
 * package-private class {@code CallLikelihood} has the formulas of a call, {@code TraceScores}
 * those of a trace. {@code NGramStatistics} counts on Spark. A trace is scored in one of two ways,
 * with equal scores: {@code LookUpScoring} sends all counts to the workers, as an {@code
 * NGramTrie}; {@code JoinScoring} joins the n-grams of the traces with counts that are too many for
 * that.
 *
 * <p>The package may use {@code score} and everything that {@code score} may use.
 */
package syscallanomaly.score.ngram;
