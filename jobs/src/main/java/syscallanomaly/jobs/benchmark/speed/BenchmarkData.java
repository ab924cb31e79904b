package syscallanomaly.jobs.benchmark.speed;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.step.ConfiguredTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;

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
      Vocabulary vocabulary = context.library().vocabulary(traces);
      Dataset<Row> all =
          examples(context, vocabulary, traces, SequenceKind.WINDOWS, /* distinct= */ false);
      Dataset<Row> merged =
          examples(context, vocabulary, traces, SequenceKind.WINDOWS, /* distinct= */ true);
      Dataset<Row> whole =
          examples(context, vocabulary, traces, SequenceKind.TRACES, /* distinct= */ true);
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
      JobContext context,
      Vocabulary vocabulary,
      Dataset<Row> traces,
      SequenceKind kind,
      boolean distinct) {
    Configuration configuration = context.configuration();
    SequenceSettings configured = configuration.sequences();
    HoldOut.Rule rule =
        switch (kind) {
          case WINDOWS -> configured.holdOut().rule();
          // Whole traces can only be held out by this rule, whatever rule the windows have.
          case TRACES -> HoldOut.Rule.TRACE;
        };
    SequenceSettings settings =
        new SequenceSettings(
            distinct, configured.dropIn(), new HoldOut(rule, configured.holdOut().fraction()));
    return context
        .library()
        .withSequences(settings)
        .withTraining(configuration.training().toBuilder().unit(kind).build())
        .sequences(traces, vocabulary)
        .training();
  }

  @Override
  public void close() {
    occurrences.close();
    forDl4j.close();
    distinct.close();
    traces.close();
  }
}
