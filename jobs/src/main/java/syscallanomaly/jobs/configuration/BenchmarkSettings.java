package syscallanomaly.jobs.configuration;

import java.util.List;

/**
 * What a benchmark measures.
 *
 * @param name which benchmark it is
 * @param repeats measurements of each variant, at least 1
 * @param warmUps measurements of each before these, which do not count
 * @param windows that a measurement trains on or scores, at most; at least 1
 * @param dl4jWindows likewise where DL4J's own LSTM layers compute
 * @param traceCalls likewise the calls of whole traces, about; a trace at least is taken
 * @param batchSize windows of a worker's mini-batch
 * @param traceBatchSize whole traces of a worker's mini-batch
 * @param workers numbers of workers, each at least 1
 * @param multiples for {@link Name#SCALE}: how many times the training traces are taken, ascending,
 *     each at least 1
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
    List<Integer> multiples) {

  /** What can be measured. */
  public enum Name {
    /** Training and scoring, in calls a second. */
    SPEED,
    /** Time and memory of the steps before them, on several times the traces. */
    SCALE
  }

  public BenchmarkSettings {
    workers = List.copyOf(workers);
    multiples = multiples.stream().sorted().distinct().toList();
  }
}
