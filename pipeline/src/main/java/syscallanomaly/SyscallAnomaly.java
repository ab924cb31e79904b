package syscallanomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.Trainer;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.vocabulary.VocabularyBuilder;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/**
 * The library's front door: start here. It reads traces, builds the vocabulary, makes the sequences
 * that a network learns from, trains the network, and scores other traces with it:
 *
 * <pre>{@code
 * SyscallAnomaly anomaly =
 *     SyscallAnomaly.on(spark)
 *         .withNetwork(new NetworkSettings(List.of(32), 0.2, 16))
 *         .withTraining(TrainingSettings.builder().epochs(3).build());
 * Dataset<Row> normal = anomaly.traces("/data/normal").traces();
 * Vocabulary vocabulary = anomaly.vocabulary(normal);
 * TrainingSequences sequences = anomaly.sequences(normal, vocabulary);
 * TrainedModel trained = anomaly.train(sequences, vocabulary);
 * try (DistributedModel model = anomaly.distribute(trained.model())) {
 *   Dataset<Row> unknown = anomaly.traces("/data/new").traces();
 *   anomaly.score(unknown, model, vocabulary).orderBy(desc("score")).show();
 * }
 * }</pre>
 *
 * <p>Order of use: traces, vocabulary, sequences, training, scores; each method takes what the one
 * before it returned. An instance never changes: each {@code with} method returns another one. What
 * lies behind this door can be used by itself: {@link TraceReader}, {@link VocabularyBuilder},
 * {@link TrainingSequences}, {@link Trainer}, {@link TraceJudge}, {@link
 * syscallanomaly.score.fitted.FittedDetector}, {@link syscallanomaly.evaluate.DetectionEvaluation},
 * {@link syscallanomaly.warehouse.MetricTables}, {@link syscallanomaly.report.Report}.
 */
public final class SyscallAnomaly {
  private static final int SCORED_AT_A_TIME = 512;

  private final SparkSession spark;
  private final long seed;
  private final VocabularySettings vocabularySettings;
  private final WindowSettings windowSettings;
  private final SequenceSettings sequenceSettings;
  private final NetworkSettings networkSettings;
  private final TrainingSettings trainingSettings;

  private SyscallAnomaly(
      SparkSession spark,
      long seed,
      VocabularySettings vocabularySettings,
      WindowSettings windowSettings,
      SequenceSettings sequenceSettings,
      NetworkSettings networkSettings,
      TrainingSettings trainingSettings) {
    this.spark = spark;
    this.seed = seed;
    this.vocabularySettings = vocabularySettings;
    this.windowSettings = windowSettings;
    this.sequenceSettings = sequenceSettings;
    this.networkSettings = networkSettings;
    this.trainingSettings = trainingSettings;
  }

  /** Returns the library on a Spark session, with the default of each kind of settings. */
  public static SyscallAnomaly on(SparkSession spark) {
    return new SyscallAnomaly(
        spark,
        1,
        VocabularySettings.DEFAULT,
        WindowSettings.DEFAULT,
        SequenceSettings.DEFAULT,
        NetworkSettings.DEFAULT,
        TrainingSettings.builder().build());
  }

  /** Returns an instance with another seed, which decides every random draw. */
  public SyscallAnomaly withSeed(long other) {
    return new SyscallAnomaly(
        spark,
        other,
        vocabularySettings,
        windowSettings,
        sequenceSettings,
        networkSettings,
        trainingSettings);
  }

  /** Returns an instance with another vocabulary. */
  public SyscallAnomaly withVocabulary(VocabularySettings other) {
    return new SyscallAnomaly(
        spark, seed, other, windowSettings, sequenceSettings, networkSettings, trainingSettings);
  }

  /** Returns an instance with other n-gram windows. */
  public SyscallAnomaly withWindows(WindowSettings other) {
    return new SyscallAnomaly(
        spark,
        seed,
        vocabularySettings,
        other,
        sequenceSettings,
        networkSettings,
        trainingSettings);
  }

  /** Returns an instance that learns from other sequences or holds out others. */
  public SyscallAnomaly withSequences(SequenceSettings other) {
    return new SyscallAnomaly(
        spark, seed, vocabularySettings, windowSettings, other, networkSettings, trainingSettings);
  }

  /** Returns an instance with a network of another shape. */
  public SyscallAnomaly withNetwork(NetworkSettings other) {
    return new SyscallAnomaly(
        spark, seed, vocabularySettings, windowSettings, sequenceSettings, other, trainingSettings);
  }

  /** Returns an instance that trains in another way. */
  public SyscallAnomaly withTraining(TrainingSettings other) {
    return new SyscallAnomaly(
        spark, seed, vocabularySettings, windowSettings, sequenceSettings, networkSettings, other);
  }

  /**
   * Lists the trace files of a place: numbers separated by white space, one trace a file.
   *
   * @param place folder, glob or zip archive on any Hadoop file system
   * @throws syscallanomaly.trace.UnusableInputException if the place is missing or holds no file
   */
  public TraceSet traces(String place) {
    return traces(TraceSettings.of(place), Split.TRAINING);
  }

  /**
   * Lists the trace files of a split.
   *
   * @throws syscallanomaly.trace.UnusableInputException if the place is missing or holds no file
   */
  public TraceSet traces(TraceSettings places, Split split) {
    return new TraceReader(spark, places, vocabularySettings.largestCall()).read(split);
  }

  /**
   * Builds the vocabulary of training traces.
   *
   * @param traces see {@link syscallanomaly.trace.TraceColumns#TRACES}
   */
  public Vocabulary vocabulary(Dataset<Row> traces) {
    return VocabularyBuilder.build(traces, vocabularySettings);
  }

  /** Returns what cuts traces into windows of vocabulary indices. */
  public WindowCutter cutter(Vocabulary vocabulary) {
    return new WindowCutter(vocabulary, windowSettings);
  }

  /**
   * Makes the sequences that the network learns from, and those that are held out.
   *
   * @param traces training traces, see {@link syscallanomaly.trace.TraceColumns#TRACES}
   * @param vocabulary vocabulary of these traces
   */
  public TrainingSequences sequences(Dataset<Row> traces, Vocabulary vocabulary) {
    WindowCutter cutter = cutter(vocabulary);
    Dataset<Row> withinLimit = cutter.withinLimit(traces);
    return switch (trainingSettings.unit()) {
      case WINDOWS -> TrainingSequences.of(withinLimit, cutter, sequenceSettings, seed);
      case TRACES -> TrainingSequences.ofWholeTraces(withinLimit, cutter, sequenceSettings, seed);
    };
  }

  /**
   * Builds the network, initialised and untrained.
   *
   * @param kind the sequences that it reads, whatever the training settings say
   * @param symbols size of the vocabulary
   * @param workers number of workers that will share a mini-batch, at least 1; it decides the
   *     learning rate
   */
  public MultiLayerNetwork network(SequenceKind kind, int symbols, int workers) {
    int timeSteps =
        switch (kind) {
          case WINDOWS -> windowSettings.length() - 1;
          case TRACES -> trainingSettings.truncation().first();
        };
    return NetworkBuilder.build(
        networkSettings, kind, symbols, timeSteps, trainingSettings.updateRule(workers), seed);
  }

  /** Returns the trainer, for those who want to watch it, interrupt it or choose its kernel. */
  public Trainer trainer(int workers) {
    return new Trainer(spark, trainingSettings, workers, seed);
  }

  /**
   * Trains a new network, with as many workers as the training settings say.
   *
   * @param sequences at least one to train on and one held out
   * @param vocabulary vocabulary that the sequences were made with
   */
  public TrainedModel train(TrainingSequences sequences, Vocabulary vocabulary) {
    int workers = trainingSettings.workersOf(spark);
    return trainer(workers)
        .train(
            network(trainingSettings.unit(), vocabulary.size(), workers),
            sequences.training(),
            sequences.heldOut(),
            TrainingProgress.NONE);
  }

  /**
   * Fits all detectors to the training traces, around a trained model, and writes them into a
   * folder. {@link TraceJudge} loads it. The held-out traces that did not choose the epoch
   * calibrate the language model; 19 of them allow a false-alarm rate of 5 %.
   *
   * @param training the traces that the model was trained on
   * @param vocabulary vocabulary of these traces
   * @param trained the trained model
   * @param folder folder or URI that holds no detector yet
   * @throws IllegalArgumentException if the folder holds a detector
   */
  public void fit(TraceSet training, Vocabulary vocabulary, TrainedModel trained, String folder)
      throws IOException {
    Path root = new Path(folder);
    new DetectorFit(spark, cutter(vocabulary), vocabulary, sequenceSettings.holdOut(), seed)
        .write(training, trained, root);
  }

  /** Sends a model to all workers, to predict there; the caller closes it. */
  public DistributedModel distribute(LanguageModel model) {
    return new DistributedModel(spark, model, SCORED_AT_A_TIME);
  }

  /**
   * Scores traces by the mean negative log-likelihood of their calls, in nats: higher is more
   * anomalous.
   *
   * @param traces see {@link TraceSet#traces()}
   * @param model trained model
   * @param vocabulary vocabulary that the model was trained with
   * @return columns {@code trace_id} and {@code score}; one row for each trace
   */
  public Dataset<Row> score(Dataset<Row> traces, DistributedModel model, Vocabulary vocabulary) {
    Dataset<Row> unknown = traces.withColumn(SPLIT, lit(Split.VALIDATION.label()));
    return new FittedLstm(model, cutter(vocabulary))
        .score(unknown)
        .join(unknown.select(ORDINAL, TRACE_ID), ORDINAL)
        .select(col(TRACE_ID), col(FittedLstm.LSTM).as(SCORE));
  }
}
