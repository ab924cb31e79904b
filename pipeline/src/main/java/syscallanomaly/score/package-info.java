/**
 * What gives traces a score: families of detectors, and how their scores become p-values. Start
 * reading with {@link syscallanomaly.score.DetectorFamily}; each family has a package below this
 * one, and {@code score.fitted} puts them together. This package may use {@code model} and what
 * comes before it.
 */
package syscallanomaly.score;
