/**
 * Detectors give traces scores, and held-out traces turn scores into p-values and alarms.
 *
 * <p>Start at {@link syscallanomaly.score.Detector}; {@link syscallanomaly.score.Detectors} lists
 * all of them. {@link syscallanomaly.score.DetectorScores} has one detector's scores of the test
 * traces, {@link syscallanomaly.score.MostAnomalous} the calls that made a trace stand out. {@link
 * syscallanomaly.score.ScoreColumns} names the columns. The package uses everything up to {@code
 * model}.
 */
package syscallanomaly.score;
