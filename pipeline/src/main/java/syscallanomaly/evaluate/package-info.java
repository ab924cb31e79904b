/**
 * Turns predictions and trace scores into figures: next-call loss and accuracy, ROC curves,
 * detection rates and bootstrap intervals of the AUC.
 *
 * <p>Start with {@link syscallanomaly.evaluate.DetectionEvaluation} for detectors and with {@link
 * syscallanomaly.evaluate.NextCallEvaluation} for language models. Spark counts; only counts for
 * each distinct score reach the driver. The package may use {@code trace} and {@code score}.
 */
package syscallanomaly.evaluate;
