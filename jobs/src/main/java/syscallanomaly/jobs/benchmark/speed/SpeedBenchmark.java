package syscallanomaly.jobs.benchmark.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.model.lstm.LstmImplementation;

/**
 * Measures the speed of training and scoring with the configured network on the configured traces.
 */
public final class SpeedBenchmark {
  private static final String DL4J = "DL4J's LSTM";
  private static final String FAST = "fast LSTM";
  private static final String DISTINCT_WINDOWS = FAST + ", distinct windows";
  private static final String WHOLE_TRACES = FAST + ", whole traces";

  private final JobContext context;
  private final BenchmarkData data;
  private final List<Integer> workers;

  private SpeedBenchmark(JobContext context, BenchmarkData data, List<Integer> workers) {
    this.context = context;
    this.data = data;
    this.workers = workers;
  }

  /**
   * Measures all variants in turn.
   *
   * @param context the run whose configuration and traces are used
   * @throws syscallanomaly.trace.UnusableInputException if there are no traces or windows to
   *     measure with
   */
  public static SpeedResult run(JobContext context) {
    int parallelism = context.spark().sparkContext().defaultParallelism();
    try (BenchmarkData data = data(context)) {
      return new SpeedBenchmark(context, data, workers(context, parallelism))
          .run(Machine.here(parallelism));
    }
  }

  private static BenchmarkData data(JobContext context) {
    try (SparkTaskProgress shown = context.showTasks("benchmark, windows")) {
      return BenchmarkData.of(context);
    }
  }

  private static List<Integer> workers(JobContext context, int parallelism) {
    List<Integer> possible = new ArrayList<>();
    for (int workers : context.configuration().benchmark().workers()) {
      if (workers <= parallelism) {
        possible.add(workers);
      } else {
        context
            .progress()
            .say("%d workers are left out: Spark runs %d tasks".formatted(workers, parallelism));
      }
    }
    return possible.isEmpty() ? List.of(1) : List.copyOf(possible);
  }

  private SpeedResult run(Machine machine) {
    Configuration configuration = context.configuration();
    Alternation alternation = new Alternation(configuration.benchmark(), context.progress());
    OtherProcesses others = new OtherProcesses();
    List<Measurement> training = measureTraining(alternation, machine.cores());
    List<Measurement> scoring = alternation.measure("benchmark, scoring", scoring());
    return new SpeedResult(
        versions(),
        machine,
        data.inputFingerprint(),
        configuration.masked(),
        others.busyCores(),
        training,
        scoring);
  }

  private List<Measurement> measureTraining(Alternation alternation, int cores) {
    Dl4jTraining alone = Dl4jTraining.of(context, data.symbols());
    SingleTraining single = new SingleTraining(alone);
    try (Dl4jProcess process = Dl4jProcess.start(alone, single.windows(data.forDl4j()).collect())) {
      return alternation.measure("benchmark, training", training(single, process, cores));
    }
  }

  private List<Variant> training(SingleTraining single, Dl4jProcess process, int cores) {
    DistributedWork distributed =
        new DistributedTraining(context.spark(), context.configuration(), data.symbols());
    List<Variant> variants = new ArrayList<>();
    variants.add(
        new Variant(
            "DL4J alone, default threads",
            1,
            () -> SingleTraining.measure(data.forDl4j(), process)));
    variants.add(
        new Variant(
            "DL4J alone, %d native threads".formatted(cores),
            1,
            () -> single.measure(data.forDl4j(), cores)));
    variants.addAll(variants(distributed, DL4J, data.forDl4j(), LstmImplementation.DL4J));
    variants.addAll(variants(distributed, FAST, data.occurrences(), LstmImplementation.FAST));
    variants.addAll(
        variants(distributed, DISTINCT_WINDOWS, data.distinct(), LstmImplementation.FAST));
    variants.addAll(variants(distributed, WHOLE_TRACES, data.traces(), LstmImplementation.FAST));
    return variants;
  }

  private List<Variant> scoring() {
    DistributedWork distributed =
        new DistributedScoring(context.spark(), context.configuration(), data.symbols());
    List<Variant> variants = new ArrayList<>();
    variants.addAll(variants(distributed, DL4J, data.forDl4j(), LstmImplementation.DL4J));
    variants.addAll(variants(distributed, FAST, data.occurrences(), LstmImplementation.FAST));
    variants.addAll(variants(distributed, WHOLE_TRACES, data.traces(), LstmImplementation.FAST));
    return variants;
  }

  private List<Variant> variants(
      DistributedWork work, String name, MeasuredSequences sample, LstmImplementation lstm) {
    return workers.stream()
        .map(count -> new Variant(name, count, () -> work.measure(sample, count, lstm)))
        .toList();
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("syscall-anomaly", CodeVersion.text());
    versions.put("spark", context.spark().version());
    versions.put("deeplearning4j", CodeVersion.deeplearning4j());
    return versions;
  }
}
