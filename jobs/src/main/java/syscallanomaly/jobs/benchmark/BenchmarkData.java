package syscallanomaly.jobs.benchmark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.step.JobContext;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.vocabulary.VocabularyBuilder;
import syscallanomaly.window.TrainingWindows;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/**
 * The configured training windows, as each variant takes them.
 *
 * @param symbols size of the vocabulary
 * @param inputFingerprint of the training traces
 * @param occurrences every window of the corpus by itself
 * @param forDl4j likewise, fewer
 * @param distinct each window once, with its multiplicity
 * @param heldOut a few that the trainer validates on; that part is not measured
 */
record BenchmarkData(
    int symbols,
    String inputFingerprint,
    WindowSample occurrences,
    WindowSample forDl4j,
    WindowSample distinct,
    WindowSample heldOut)
    implements AutoCloseable {
  private static final int HELD_OUT = 100;

  static BenchmarkData of(JobContext context) {
    Configuration configuration = context.configuration();
    TraceSet training =
        new TraceReader(
                context.spark(), configuration.traces(), configuration.vocabulary().largestCall())
            .read(Split.TRAINING);
    training.requireUsable();
    if (training.rejected() > 0) {
      context
          .progress()
          .say("training: %d files are no traces and left out".formatted(training.rejected()));
    }
    Dataset<Row> traces = training.traces().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Vocabulary vocabulary = VocabularyBuilder.build(traces, configuration.vocabulary());
      Dataset<Row> all = windows(configuration, vocabulary, traces, /* distinct= */ false);
      Dataset<Row> merged = windows(configuration, vocabulary, traces, /* distinct= */ true);
      long seed = configuration.run().seed();
      long size = configuration.benchmark().windows();
      return new BenchmarkData(
          vocabulary.size(),
          training.fingerprint(),
          WindowSample.of(all, size, seed),
          WindowSample.of(all, Math.min(size, configuration.benchmark().dl4jWindows()), seed),
          WindowSample.of(merged, size, seed),
          WindowSample.of(all, HELD_OUT, seed));
    } finally {
      traces.unpersist();
    }
  }

  private static Dataset<Row> windows(
      Configuration configuration, Vocabulary vocabulary, Dataset<Row> traces, boolean distinct) {
    WindowSettings configured = configuration.windows();
    WindowSettings settings =
        new WindowSettings(configured.length(), configured.limit(), distinct, configured.dropIn());
    WindowCutter cutter = new WindowCutter(vocabulary, settings);
    return TrainingWindows.of(
            cutter.withinLimit(traces),
            cutter,
            settings,
            configuration.training().holdOut(),
            configuration.run().seed())
        .training();
  }

  @Override
  public void close() {
    occurrences.close();
    forDl4j.close();
    distinct.close();
    heldOut.close();
  }
}
