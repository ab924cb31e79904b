/**
 * Turns predictions and trace scores into figures: next-call loss and accuracy, ROC curves,
 * detection rates, what alarms came of an asked false-alarm rate, comparisons of detectors, and
 * bootstrap intervals.
 *
 * <p>Start with {@link syscallanomaly.evaluate.DetectionEvaluation} for detectors and with {@link
 * syscallanomaly.evaluate.NextCallEvaluation} for language models. Spark counts; only a bounded
 * number of counts reaches the driver. The package may use {@code trace}, {@code window} and {@code
 * score}.
 */
package syscallanomaly.evaluate;
