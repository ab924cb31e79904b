package syscallanomaly.jobs.benchmark.speed;

import java.util.function.Supplier;

/**
 * A way to train or to score.
 *
 * @param name name of the variant in the tables
 * @param workers number of Spark tasks that run in parallel
 * @param work does the work once and measures it
 */
record Variant(String name, int workers, Supplier<Repeat> work) {}
