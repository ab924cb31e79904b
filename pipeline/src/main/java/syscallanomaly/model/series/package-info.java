/**
 * Means over a stretch of a series of numbers, such as the surprise of a trace's calls. Start with
 * {@link syscallanomaly.model.series.LowestMean}. This package uses no other one.
 */
package syscallanomaly.model.series;
