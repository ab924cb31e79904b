package syscallanomaly.jobs.benchmark.speed;

import java.util.function.Supplier;

/**
 * A way to train or to score.
 *
 * @param workers Spark tasks side by side
 * @param work does it once and measures
 */
record Variant(String name, int workers, Supplier<Repeat> work) {}
