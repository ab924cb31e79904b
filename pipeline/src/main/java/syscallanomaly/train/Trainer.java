package syscallanomaly.train;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NextCallTotals;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.RandomHash;

/**
 * Trains a network by synchronous parameter averaging: in each round every worker trains its own
 * copy on its mini-batches, and the mean of the copies' parameters and updater states goes into the
 * next round. What is validated and kept of an epoch is the mean over its last rounds.
 */
public final class Trainer {
  private static final int VALIDATION_BATCH = 512;

  private final SparkSession spark;
  private final TrainingSettings settings;
  private final int workers;
  private final long seed;
  private final LstmImplementation lstm;
  private final String training = UUID.randomUUID().toString();

  /**
   * @param workers Spark tasks that train side by side, at least 1
   * @param seed decides the order of the examples and what dropout drops
   */
  public Trainer(SparkSession spark, TrainingSettings settings, int workers, long seed) {
    this(spark, settings, workers, seed, LstmImplementation.FAST);
  }

  private Trainer(
      SparkSession spark,
      TrainingSettings settings,
      int workers,
      long seed,
      LstmImplementation lstm) {
    this.spark = spark;
    this.settings = settings;
    this.workers = workers;
    this.seed = seed;
    this.lstm = lstm;
  }

  /**
   * The same trainer, with the LSTM layers computed in this way; with DL4J's own layers, the
   * workers use its own updater and dropout too.
   */
  public Trainer withLstm(LstmImplementation implementation) {
    return new Trainer(spark, settings, workers, seed, implementation);
  }

  /**
   * Trains until the epochs are over or the validation loss no longer falls.
   *
   * @param network initialised; trained in place; it decides whether {@code window} is a window or
   *     a whole trace
   * @param training columns {@code index}, {@code window} and {@code multiplicity}; at least a row
   * @param heldOut likewise
   */
  public TrainedModel train(
      MultiLayerNetwork network,
      Dataset<Row> training,
      Dataset<Row> heldOut,
      TrainingProgress progress) {
    EarlyStopping stopping = new EarlyStopping(settings.patience(), settings.minDelta());
    List<EpochResult> epochs = new ArrayList<>();
    List<WorkerTime> times = new ArrayList<>();
    INDArray best = null;
    boolean traces = LanguageModel.readsTraces(network);
    try (TrainingExamples examples =
        traces ? TrainingExamples.ofTraces(training) : TrainingExamples.of(training)) {
      for (int epoch = 1; epoch <= settings.epochs() && !stopping.shouldStop(); epoch++) {
        long started = System.nanoTime();
        EpochRounds rounds = rounds(examples, traces, epoch);
        TailAverage average = new TailAverage(rounds.rounds(), settings.tailAveraging());
        BatchTotals totals = trainEpoch(network, rounds, epoch, average, progress);
        double seconds = (System.nanoTime() - started) / 1e9;
        INDArray mean = average.mean();
        NextCallTotals validation = validate(network, mean, heldOut);
        if (stopping.improvedBy(validation.meanLoss())) {
          best = mean;
        }
        EpochResult result =
            new EpochResult(
                epoch,
                totals.meanLoss(),
                totals.accuracy(),
                validation.meanLoss(),
                validation.accuracy(),
                seconds,
                examples.predictions() / seconds,
                rounds.rounds(),
                false);
        epochs.add(result);
        times.add(WorkerTime.of(totals));
        progress.epochEnded(result, new LanguageModel(network)::toCheckpoint);
      }
    }
    network.setParameters(best);
    epochs.replaceAll(epoch -> epoch.withKept(epoch.epoch() == stopping.bestEpoch()));
    return new TrainedModel(
        new LanguageModel(network, lstm), List.copyOf(epochs), List.copyOf(times));
  }

  private EpochRounds rounds(TrainingExamples examples, boolean traces, int epoch) {
    int batchSize = settings.batchSizePerWorker(workers);
    int frequency = settings.averagingFrequency();
    long order = RandomHash.bits(seed, epoch);
    return traces
        ? EpochRounds.ofLikeLength(examples, workers, batchSize, frequency, order)
        : EpochRounds.shuffled(examples, workers, batchSize, frequency, order);
  }

  private BatchTotals trainEpoch(
      MultiLayerNetwork network,
      EpochRounds rounds,
      int epoch,
      TailAverage average,
      TrainingProgress progress) {
    ParameterAveraging averaging =
        new ParameterAveraging(
            training,
            lstm,
            workers,
            settings.batchSizePerWorker(workers),
            settings.averagingFrequency());
    SparkDl4jMultiLayer distributed =
        new SparkDl4jMultiLayer(spark.sparkContext(), network, averaging);
    BatchTotals totals = BatchTotals.NONE;
    for (int round = 0; round < rounds.rounds(); round++) {
      long roundSeed = RandomHash.bits(RandomHash.bits(seed, -epoch), round);
      totals = totals.plus(averaging.round(distributed, rounds.round(round), roundSeed));
      average.roundEnded(round, network.params());
      progress.roundEnded(epoch, rounds.examplesOf(round), rounds.examples());
    }
    return totals;
  }

  private NextCallTotals validate(
      MultiLayerNetwork network, INDArray parameters, Dataset<Row> heldOut) {
    MultiLayerNetwork averaged = network.clone();
    averaged.setParameters(parameters);
    try (DistributedModel distributed =
        new DistributedModel(spark, new LanguageModel(averaged, lstm), VALIDATION_BATCH)) {
      return distributed.totals(heldOut);
    }
  }
}
