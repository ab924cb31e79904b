package syscallanomaly.train;

import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.train.averaging.ParameterAveraging;
import syscallanomaly.train.averaging.PolyakAverage;
import syscallanomaly.train.averaging.RoundResult;
import syscallanomaly.train.averaging.RoundSettings;
import syscallanomaly.train.epoch.EpochRounds;
import syscallanomaly.train.epoch.WeightedSequences;
import syscallanomaly.train.state.EpochInProgress;
import syscallanomaly.train.state.NetworkState;
import syscallanomaly.train.state.TrainingState;
import syscallanomaly.window.RandomHash;
import syscallanomaly.window.TrainingSequences;

/**
 * Trains a network by synchronous parameter averaging. In each averaging round, every worker trains
 * its own copy on its mini-batches. The next round begins with the mean of the copies' parameters
 * and updater states. The mean parameters over an epoch's last rounds are the epoch's model, which
 * is evaluated on the held-out sequences.
 */
public final class Trainer {
  private static final int HELD_OUT_BATCH = 512;

  private final SparkSession spark;
  private final TrainingSettings settings;
  private final int workers;
  private final long seed;
  private final LstmImplementation lstm;
  private final TrainingCheckpoints checkpoints;
  private final String trainingId = UUID.randomUUID().toString();

  /**
   * Creates a trainer that keeps no checkpoints.
   *
   * @param workers number of Spark tasks that train in parallel, at least 1; {@link
   *     TrainingSettings#workersFor} gives one that fits the mini-batch
   * @param seed seed of the order of the sequences and of dropout
   * @throws IllegalArgumentException if a mini-batch has too few sequences for so many workers
   */
  public Trainer(SparkSession spark, TrainingSettings settings, int workers, long seed) {
    this(spark, settings, workers, seed, LstmImplementation.FAST, TrainingCheckpoints.NONE);
    if ((long) workers * TrainingSettings.SMALLEST_BATCH > settings.batchSize()) {
      throw new IllegalArgumentException(
          "Cannot train with %d workers on mini-batches of %d sequences: each worker must get at least %d"
              .formatted(workers, settings.batchSize(), TrainingSettings.SMALLEST_BATCH));
    }
  }

  private Trainer(
      SparkSession spark,
      TrainingSettings settings,
      int workers,
      long seed,
      LstmImplementation lstm,
      TrainingCheckpoints checkpoints) {
    this.spark = spark;
    this.settings = settings;
    this.workers = workers;
    this.seed = seed;
    this.lstm = lstm;
    this.checkpoints = checkpoints;
  }

  /**
   * The same trainer with another implementation of the LSTM layers. The default is {@link
   * LstmImplementation#FAST}. {@link LstmImplementation#DL4J} is there for comparisons; with it the
   * workers use DL4J's own updater and dropout too.
   *
   * @param implementation computes the LSTM layers of the workers and of the trained model
   */
  public Trainer withLstm(LstmImplementation implementation) {
    return new Trainer(spark, settings, workers, seed, implementation, checkpoints);
  }

  /** The same trainer with checkpoints: it goes on from the latest state and keeps new ones. */
  public Trainer withCheckpoints(TrainingCheckpoints kept) {
    return new Trainer(spark, settings, workers, seed, lstm, kept);
  }

  /**
   * Trains until the epochs are over or the held-out loss no longer falls.
   *
   * @param network initialised network, which is trained in place; it decides whether a sequence is
   *     a window or a whole trace
   * @param training table as {@link TrainingSequences#TRAINING_SEQUENCES} describes it, at least
   *     one row
   * @param heldOut table as {@link TrainingSequences#WEIGHTED_SEQUENCES} describes it, at least one
   *     row
   * @param progress is told how training goes on
   * @throws IllegalArgumentException if a column is missing or of another type
   * @throws DivergedTrainingException if a loss or a parameter becomes infinite or NaN; no state
   *     from then on was kept
   */
  public TrainedModel train(
      MultiLayerNetwork network,
      Dataset<Row> training,
      Dataset<Row> heldOut,
      TrainingProgress progress) {
    TrainingSequences.TRAINING_SEQUENCES.in(training);
    TrainingSequences.WEIGHTED_SEQUENCES.in(heldOut);
    TrainingState state = checkpoints.latest().orElseGet(() -> TrainingState.atStart(network));
    state.network().copyTo(network);
    if (!isOver(state)) {
      try (WeightedSequences examples =
          LanguageModel.readsTraces(network)
              ? WeightedSequences.ofTraces(training)
              : WeightedSequences.of(training)) {
        while (!isOver(state)) {
          state = epoch(network, examples, heldOut, state, progress);
        }
      }
    }
    network.setParameters(NetworkState.array(state.best()));
    int bestEpoch = stoppingAfter(state).bestEpoch();
    return new TrainedModel(
        new LanguageModel(network, lstm),
        state.epochs().stream().map(epoch -> epoch.withKept(epoch.epoch() == bestEpoch)).toList(),
        state.times());
  }

  private boolean isOver(TrainingState state) {
    return state.epochs().size() >= settings.epochs() || stoppingAfter(state).shouldStop();
  }

  private EarlyStopping stoppingAfter(TrainingState state) {
    return EarlyStopping.after(state.epochs(), settings.patience(), settings.minDelta());
  }

  /**
   * Trains an epoch, or the rest of an interrupted one, and evaluates it on the held-out sequences.
   */
  private TrainingState epoch(
      MultiLayerNetwork network,
      WeightedSequences examples,
      Dataset<Row> heldOut,
      TrainingState state,
      TrainingProgress progress) {
    EpochRounds rounds = rounds(examples, LanguageModel.readsTraces(network), state.epoch());
    PolyakAverage average =
        new PolyakAverage(rounds.rounds(), settings.polyakAveraging(), state.inProgress());
    EpochInProgress trained = trainRounds(network, rounds, average, state, progress);
    INDArray mean = average.mean();
    LanguageModel validated = withParameters(network, mean);
    PredictionTotals onHeldOut = evaluate(validated, heldOut);
    requireFinite(onHeldOut.meanLoss(), "the held-out loss", "after epoch " + state.epoch());
    PredictionTotals totals = trained.totals();
    EpochResult result =
        new EpochResult(
            state.epoch(),
            totals.meanLoss(),
            totals.accuracy(),
            onHeldOut.meanLoss(),
            onHeldOut.accuracy(),
            trained.seconds(),
            examples.predictions() / trained.seconds(),
            rounds.rounds(),
            false);
    boolean improved = stoppingAfter(state).improvedBy(onHeldOut.meanLoss());
    TrainingState after =
        state.after(
            result,
            trained.time(),
            improved ? NativeValues.readBytes(mean) : state.best(),
            NetworkState.of(network));
    progress.epochEnded(result, validated::toBytes);
    checkpoints.keep(after);
    return after;
  }

  private EpochRounds rounds(WeightedSequences examples, boolean traces, int epoch) {
    int batchSize = settings.batchSize();
    int frequency = settings.averagingFrequency();
    long order = RandomHash.bits(seed, epoch);
    return traces
        ? EpochRounds.ofLikeLength(examples, workers, batchSize, frequency, order)
        : EpochRounds.shuffled(examples, workers, batchSize, frequency, order);
  }

  private EpochInProgress trainRounds(
      MultiLayerNetwork network,
      EpochRounds rounds,
      PolyakAverage average,
      TrainingState state,
      TrainingProgress progress) {
    ParameterAveraging averaging =
        new ParameterAveraging(trainingId, lstm, workers, settings.averagingFrequency());
    int epoch = state.epoch();
    progress.epochStarted(epoch, rounds.examplesFrom(state.rounds()));
    long started = System.nanoTime();
    EpochInProgress trained = state.inProgress();
    for (int round = state.rounds(); round < rounds.rounds(); round++) {
      long roundSeed = RandomHash.bits(RandomHash.bits(seed, -epoch), round);
      RoundSettings ofRound =
          new RoundSettings(
              settings, workers, epoch, rounds.updatesBefore(round), rounds.updates());
      RoundResult result = averaging.round(network, rounds.round(round), ofRound, roundSeed);
      String where = "in epoch %d, round %d of %d".formatted(epoch, round + 1, rounds.rounds());
      requireFinite(result.totals().loss(), "the loss", where);
      requireFinite(network.params().sumNumber().doubleValue(), "the sum of the parameters", where);
      average.roundEnded(round, network.params());
      progress.roundEnded(epoch, rounds.examplesOf(round));
      boolean due = checkpoints.isDue();
      trained =
          new EpochInProgress(
              round + 1,
              trained.totals().plus(result.totals()),
              trained.time().then(result.time()),
              state.inProgress().seconds() + (System.nanoTime() - started) / 1e9,
              average.count(),
              due ? average.sum() : new byte[0]);
      if (due) {
        checkpoints.keep(state.within(NetworkState.of(network), trained));
      }
    }
    return trained;
  }

  private static void requireFinite(double value, String what, String where) {
    if (!Double.isFinite(value)) {
      throw new DivergedTrainingException(where, what, value);
    }
  }

  private LanguageModel withParameters(MultiLayerNetwork network, INDArray parameters) {
    MultiLayerNetwork other = network.clone();
    other.setParameters(parameters);
    return new LanguageModel(other, lstm);
  }

  private PredictionTotals evaluate(LanguageModel model, Dataset<Row> heldOut) {
    try (DistributedModel distributed = new DistributedModel(spark, model, HELD_OUT_BATCH)) {
      return distributed.totals(heldOut);
    }
  }
}
