package syscallanomaly.jobs.configuration;

import java.util.List;

/**
 * What a benchmark measures.
 *
 * @param name the benchmark to run
 * @param repeats number of measurements of each variant, at least 1
 * @param warmUps number of measurements of each variant that come first and do not count
 * @param windows largest number of windows that a measurement trains on or scores, at least 1
 * @param dl4jWindows largest number of windows for measurements of DL4J's own LSTM layers, at least
 *     1
 * @param traceCalls approximate number of calls in the whole traces that a measurement trains on or
 *     scores; at least one trace is taken
 * @param batchSize number of windows in a worker's mini-batch
 * @param traceBatchSize number of whole traces in a worker's mini-batch
 * @param workers numbers of workers to measure with, each at least 1
 * @param multiples for {@link Name#SCALE}: how many times the corpus of training traces is
 *     repeated; ascending, each at least 1
 * @param events for {@link Name#EVENTS}: numbers of events in the tables; ascending, each at least
 *     1
 */
public record BenchmarkSettings(
    Name name,
    int repeats,
    int warmUps,
    long windows,
    long dl4jWindows,
    long traceCalls,
    int batchSize,
    int traceBatchSize,
    List<Integer> workers,
    List<Integer> multiples,
    List<Integer> events) {

  /** The benchmarks. */
  public enum Name {
    /** Measures training and scoring in calls per second. */
    SPEED,
    /** Measures time and memory of every step on multiples of the traces. */
    SCALE,
    /** Measures time and memory from tables of events to traces. */
    EVENTS
  }

  public BenchmarkSettings {
    workers = List.copyOf(workers);
    multiples = multiples.stream().sorted().distinct().toList();
    events = events.stream().sorted().distinct().toList();
  }
}
