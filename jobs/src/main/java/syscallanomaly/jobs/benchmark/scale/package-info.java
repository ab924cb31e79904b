/**
 * The benchmark of scale: time and memory of every step on multiples of the training traces.
 *
 * <p>Start with {@link syscallanomaly.jobs.benchmark.scale.ScaleBenchmark}; {@link
 * syscallanomaly.jobs.benchmark.scale.ScaleResult} holds the result. {@link
 * syscallanomaly.jobs.benchmark.scale.EventBenchmark} measures tables of events instead. The
 * package runs the real steps, so it may use {@code step} and {@code run}, and from {@code speed}
 * the classes that describe the machine.
 */
package syscallanomaly.jobs.benchmark.scale;
