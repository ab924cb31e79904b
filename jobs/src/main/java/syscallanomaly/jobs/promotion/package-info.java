/**
 * Which detector is in use: the jobs promote and rollback, the gates between them, and what they
 * decide.
 *
 * <p>Start with {@link syscallanomaly.jobs.promotion.PromoteStep}. {@link
 * syscallanomaly.jobs.promotion.Measured} scores the same traces with both detectors, {@link
 * syscallanomaly.jobs.promotion.Gates} compares figures with limits, and {@link
 * syscallanomaly.jobs.promotion.Decision} becomes rows, a file and lines. The package may use
 * {@code step}.
 */
package syscallanomaly.jobs.promotion;
