/**
 * Scores traces with detectors, and turns scores into p-values and alarms by means of held-out
 * traces.
 *
 * <p>Start at {@link syscallanomaly.score.Detector}; {@link syscallanomaly.score.fitted.Detectors}
 * lists all detectors. {@link syscallanomaly.score.fitted.DetectorScores} has one detector's scores
 * of the test traces. {@link syscallanomaly.score.fitted.MostAnomalous} finds the traces with the
 * highest scores. {@link syscallanomaly.score.ScoreColumns} names the columns. The package uses
 * everything up to {@code model}.
 */
package syscallanomaly.score;
