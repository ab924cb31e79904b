/**
 * The benchmark of speed: how many calls per second the program trains on and scores, compared with
 * DL4J alone.
 *
 * <p>Start with {@link syscallanomaly.jobs.benchmark.speed.SpeedBenchmark}, which measures all
 * variants in turn; {@link syscallanomaly.jobs.benchmark.speed.SpeedResult} holds the result and
 * {@link syscallanomaly.jobs.benchmark.speed.SpeedTables} prints it. The package may use the
 * library, {@code configuration}, {@code progress}, {@code run} and {@code step}. Nothing in it
 * changes how the program trains or scores.
 */
package syscallanomaly.jobs.benchmark.speed;
