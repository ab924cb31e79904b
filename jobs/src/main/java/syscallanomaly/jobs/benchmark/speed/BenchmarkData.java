package syscallanomaly.jobs.benchmark.speed;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.step.ConfiguredTraces;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.vocabulary.VocabularyBuilder;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * The configured training windows and traces, in the forms that the variants need.
 *
 * @param symbols size of the vocabulary
 * @param inputFingerprint fingerprint of the training traces
 * @param occurrences windows of the corpus, with repetitions
 * @param forDl4j fewer windows of the corpus, with repetitions
 * @param distinct different windows, each with its multiplicity
 * @param traces different whole traces, each with its multiplicity
 */
record BenchmarkData(
    int symbols,
    String inputFingerprint,
    MeasuredSequences occurrences,
    MeasuredSequences forDl4j,
    MeasuredSequences distinct,
    MeasuredSequences traces)
    implements AutoCloseable {

  static BenchmarkData of(JobContext context) {
    Configuration configuration = context.configuration();
    TraceSet training = new ConfiguredTraces(context.spark(), configuration).read(Split.TRAINING);
    ConfiguredTraces.requireUsable(training);
    if (training.rejected() > 0) {
      context
          .progress()
          .say(
              "training: %d files or traces are rejected and left out"
                  .formatted(training.rejected()));
    }
    Dataset<Row> traces = training.traces().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Vocabulary vocabulary = VocabularyBuilder.build(traces, configuration.vocabulary());
      Dataset<Row> all =
          examples(configuration, vocabulary, traces, SequenceKind.WINDOWS, /* distinct= */ false);
      Dataset<Row> merged =
          examples(configuration, vocabulary, traces, SequenceKind.WINDOWS, /* distinct= */ true);
      Dataset<Row> whole =
          examples(configuration, vocabulary, traces, SequenceKind.TRACES, /* distinct= */ true);
      long seed = configuration.run().seed();
      BenchmarkSettings sizes = configuration.benchmark();
      long windowsForDl4j = Math.min(sizes.windows(), sizes.dl4jWindows());
      return new BenchmarkData(
          vocabulary.size(),
          training.fingerprint(),
          MeasuredSequences.of(SequenceKind.WINDOWS, all, sizes.windows(), seed),
          MeasuredSequences.of(SequenceKind.WINDOWS, all, windowsForDl4j, seed),
          MeasuredSequences.of(SequenceKind.WINDOWS, merged, sizes.windows(), seed),
          MeasuredSequences.of(SequenceKind.TRACES, whole, sizes.traceCalls(), seed));
    } finally {
      traces.unpersist();
    }
  }

  /** Returns the sequences that the windows step would prepare for training. */
  private static Dataset<Row> examples(
      Configuration configuration,
      Vocabulary vocabulary,
      Dataset<Row> traces,
      SequenceKind kind,
      boolean distinct) {
    SequenceSettings configured = configuration.sequences();
    WindowCutter cutter = new WindowCutter(vocabulary, configuration.windows());
    Dataset<Row> withinLimit = cutter.withinLimit(traces);
    HoldOut.Rule rule =
        switch (kind) {
          case WINDOWS -> configured.holdOut().rule();
          // Whole traces can only be held out by this rule, whatever rule the windows have.
          case TRACES -> HoldOut.Rule.TRACE;
        };
    SequenceSettings settings =
        new SequenceSettings(
            distinct, configured.dropIn(), new HoldOut(rule, configured.holdOut().fraction()));
    long seed = configuration.run().seed();
    TrainingSequences divided =
        switch (kind) {
          case WINDOWS -> TrainingSequences.of(withinLimit, cutter, settings, seed);
          case TRACES -> TrainingSequences.ofWholeTraces(withinLimit, cutter, settings, seed);
        };
    return divided.training();
  }

  /** An untrained network of the configured shape, to be trained by a single worker. */
  static MultiLayerNetwork network(Configuration configuration, SequenceKind kind, int symbols) {
    return NetworkBuilder.build(
        configuration.network(),
        kind,
        symbols,
        configuration.timeSteps(kind),
        configuration.training().updateRule(/* workerCount= */ 1),
        configuration.run().seed());
  }

  @Override
  public void close() {
    occurrences.close();
    forDl4j.close();
    distinct.close();
    traces.close();
  }
}
