package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.state.TrainingState;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

@ExtendWith(SparkExtension.class)
class TrainerTest {
  private static final SequenceSettings SEQUENCES =
      new SequenceSettings(false, new DropIn(false, 1), new HoldOut(HoldOut.Rule.TRACE, 0.2));
  private static final int SYMBOLS = 6;
  private static final int LENGTH = 5;

  /** Traces that repeat 1 2 3 4 5: the next call is certain. */
  private static TrainingSequences cycles(SparkSession spark) {
    int[][] traces = new int[40][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = new int[24];
      for (int t = 0; t < traces[i].length; t++) {
        traces[i][t] = 1 + (i + t) % 5;
      }
    }
    WindowSettings settings = new WindowSettings(LENGTH, 0);
    WindowCutter cutter = new WindowCutter(Vocabulary.fixed(SYMBOLS), settings);
    return TrainingSequences.of(Traces.of(spark, traces), cutter, SEQUENCES, 3);
  }

  private static TrainingSettings settings(int epochs, int workers, int frequency) {
    return TrainingSettings.builder()
        .epochs(epochs)
        .batchSize(20)
        .learningRate(0.02)
        .averagingFrequency(frequency)
        .polyakAveraging(0)
        .workers(workers)
        .build();
  }

  private static MultiLayerNetwork network(int embedding) {
    return network(0.1, embedding);
  }

  private static MultiLayerNetwork network(double dropout, int embedding) {
    return NetworkBuilder.build(
        new NetworkSettings(List.of(8, 6), dropout, embedding),
        SYMBOLS,
        LENGTH - 1,
        rmsProp(0.02),
        1);
  }

  private static TrainedModel train(SparkSession spark, TrainingSettings settings, int embedding) {
    TrainingSequences windows = cycles(spark);
    return new Trainer(spark, settings, settings.workers(), 1)
        .train(network(embedding), windows.training(), windows.heldOut(), new Recorded());
  }

  @Test
  void sequencesWithoutTheirPlaceInTheCorpusAreRefused(SparkSession spark) {
    TrainingSequences windows = cycles(spark);
    Trainer trainer = new Trainer(spark, settings(1, 2, 2), 2, 1);

    assertThatThrownBy(
            () ->
                trainer.train(
                    network(0),
                    windows.training().drop("index"),
                    windows.heldOut(),
                    new Recorded()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these sequences: they have no column 'index' of type bigint;"
                + " their columns are sequence, multiplicity");
    assertThatThrownBy(
            () ->
                trainer.train(
                    network(0),
                    windows.training(),
                    windows.heldOut().drop("sequence"),
                    new Recorded()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these sequences: they have no column 'sequence' of type array<int>;"
                + " their columns are index, multiplicity");
  }

  @Test
  void learnsTracesThatRepeatThemselves(SparkSession spark) {
    TrainedModel trained = train(spark, settings(6, 2, 2), 0);
    List<EpochResult> epochs = trained.epochs();
    EpochResult last = epochs.get(epochs.size() - 1);

    assertThat(epochs.get(0).loss()).isLessThan(Math.log(SYMBOLS) + 0.3);
    assertThat(last.heldOutLoss()).isLessThan(0.1);
    assertThat(last.heldOutAccuracy()).isEqualTo(1.0);
    assertThat(last.accuracy()).isGreaterThan(0.9);
    assertThat(epochs).filteredOn(EpochResult::kept).hasSize(1);
    assertThat(trained.model().predict(List.of(new int[] {1, 2, 3, 4, 5})).rank()[0]).isZero();
  }

  @Test
  void anEmbeddingLearnsThemToo(SparkSession spark) {
    List<EpochResult> epochs = train(spark, settings(6, 2, 2), 4).epochs();

    assertThat(epochs.get(epochs.size() - 1).heldOutLoss()).isLessThan(0.2);
  }

  @Test
  void theSameSeedAndWorkersGiveTheSameModel(SparkSession spark) {
    TrainedModel first = train(spark, settings(2, 3, 2), 0);
    TrainedModel second = train(spark, settings(2, 3, 2), 0);

    assertThat(second.model().network().params().toFloatVector())
        .isEqualTo(first.model().network().params().toFloatVector());
    assertThat(second.epochs().get(1).loss()).isEqualTo(first.epochs().get(1).loss());
    assertThat(second.epochs().get(1).heldOutLoss())
        .isCloseTo(first.epochs().get(1).heldOutLoss(), within(1e-12));
  }

  /** As above, but whole and of different lengths; some of them shorter than the truncation. */
  private static TrainedModel trainOnTraces(SparkSession spark, int epochs, int embedding) {
    int[][] traces = new int[60][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = new int[1 + i * 7 % 40];
      for (int t = 0; t < traces[i].length; t++) {
        traces[i][t] = 1 + (i + t) % 5;
      }
    }
    TrainingSequences windows =
        TrainingSequences.ofWholeTraces(
            Traces.of(spark, traces),
            new WindowCutter(Vocabulary.fixed(SYMBOLS), new WindowSettings(LENGTH, 0)),
            new SequenceSettings(true, SEQUENCES.dropIn(), SEQUENCES.holdOut()),
            3);
    MultiLayerNetwork network =
        NetworkBuilder.buildForTraces(
            new NetworkSettings(List.of(8, 6), 0.1, embedding), SYMBOLS, 6, rmsProp(0.02), 1);
    TrainingSettings settings =
        TrainingSettings.builder()
            .unit(SequenceKind.TRACES)
            .truncation(3, 9)
            .epochs(epochs)
            .batchSize(8)
            .learningRate(0.02)
            .schedule(Schedule.LINEAR)
            .averagingFrequency(2)
            .polyakAveraging(0)
            .workers(2)
            .build();
    return new Trainer(spark, settings, 2, 1)
        .train(network, windows.training(), windows.heldOut(), new Recorded());
  }

  @Test
  void learnsEveryCallOfWholeTraces(SparkSession spark) {
    TrainedModel trained = trainOnTraces(spark, 8, 0);
    EpochResult first = trained.epochs().get(0);
    EpochResult last = trained.epochs().get(trained.epochs().size() - 1);

    assertThat(first.loss()).isBetween(0.5, Math.log(SYMBOLS) + 0.3);
    // Only the first call of a trace cannot be told: one in twenty, ln 5 nats each.
    assertThat(last.heldOutLoss()).isLessThan(0.25);
    assertThat(last.heldOutAccuracy()).isGreaterThan(0.9);
    assertThat(last.predictionsPerSecond() * last.seconds())
        .as("calls")
        .isCloseTo(630, within(1e-6));
    assertThat(trained.model().predictTraces(List.of(new int[] {3, 4, 5, 1, 2})).get(0).rank())
        .endsWith(0, 0, 0, 0);
  }

  @Test
  void theSameSeedAndWorkersGiveTheSameModelOfTraces(SparkSession spark) {
    TrainedModel first = trainOnTraces(spark, 2, 4);
    TrainedModel second = trainOnTraces(spark, 2, 4);

    assertThat(second.model().network().params().toFloatVector())
        .isEqualTo(first.model().network().params().toFloatVector());
    assertThat(second.epochs().get(1).loss()).isEqualTo(first.epochs().get(1).loss());
    assertThat(second.epochs().get(1).heldOutLoss())
        .isCloseTo(first.epochs().get(1).heldOutLoss(), within(1e-12));
  }

  @Test
  void dl4jsOwnLayersLearnTheSame(SparkSession spark) {
    TrainingSettings settings = settings(1, 2, 2);
    TrainingSequences windows = cycles(spark);
    Trainer trainer = new Trainer(spark, settings, 2, 1);
    // Without dropout: DL4J's draws other values.
    TrainedModel fast =
        trainer.train(network(0, 0), windows.training(), windows.heldOut(), new Recorded());
    TrainedModel dl4j =
        trainer
            .withLstm(LstmImplementation.DL4J)
            .train(network(0, 0), windows.training(), windows.heldOut(), new Recorded());

    assertThat(dl4j.epochs().get(0).loss()).isCloseTo(fast.epochs().get(0).loss(), within(1e-3));
    assertThat(dl4j.epochTimes().get(0).productSeconds()).isZero();
    TimeBreakdown time = fast.epochTimes().get(0);
    assertThat(time.productSeconds()).isPositive().isLessThan(time.computeSeconds());
    assertThat(time.rounds()).isEqualTo(fast.epochs().get(0).averagingRounds());
    assertThat(time.slowestComputeSeconds())
        .as("the slowest worker of each round: at least half of what both took")
        .isBetween(time.computeSeconds() / 2, time.computeSeconds());
    assertThat(time.broadcastSeconds()).isPositive();
    assertThat(time.aggregateSeconds()).isPositive();
    assertThat(time.otherSeconds()).isPositive();
    assertThat(time.roundSeconds()).isLessThanOrEqualTo(fast.epochs().get(0).seconds());
  }

  @Test
  void theKeptEpochIsTheBestOne(SparkSession spark) {
    TrainingSequences windows = cycles(spark);
    // A rate so high that later epochs are worse than earlier ones.
    TrainingSettings wild = settings(8, 2, 1).toBuilder().learningRate(0.3).patience(2).build();
    Recorded recorded = new Recorded();
    TrainedModel trained =
        new Trainer(spark, wild, 2, 1)
            .train(
                NetworkBuilder.build(
                    new NetworkSettings(List.of(8), 0, 0), SYMBOLS, LENGTH - 1, rmsProp(0.3), 1),
                windows.training(),
                windows.heldOut(),
                recorded);

    EpochResult best =
        trained.epochs().stream()
            .min((a, b) -> Double.compare(a.heldOutLoss(), b.heldOutLoss()))
            .orElseThrow();
    EpochResult kept =
        trained.epochs().stream().filter(EpochResult::kept).findFirst().orElseThrow();
    assertThat(kept.heldOutLoss()).isCloseTo(best.heldOutLoss(), within(0.0001));
    assertThat(trained.model().network().params().toFloatVector())
        .isEqualTo(restored(recorded.models.get(kept.epoch() - 1)).params().toFloatVector());
  }

  /** A mean over rounds makes the epoch's model another one than the last round's network. */
  @Test
  void theReportedModelIsTheOneThatWasValidated(SparkSession spark) {
    TrainingSettings averaged =
        settings(1, 2, 1).toBuilder().learningRate(0.05).polyakAveraging(1).build();
    Recorded recorded = new Recorded();
    TrainingSequences windows = cycles(spark);
    TrainedModel trained =
        new Trainer(spark, averaged, 2, 1)
            .train(network(0), windows.training(), windows.heldOut(), recorded);

    assertThat(restored(recorded.models.get(0)).params().toFloatVector())
        .isEqualTo(trained.model().network().params().toFloatVector());
  }

  @Test
  void aTrainingWhoseLossIsNotFiniteEnds(SparkSession spark) {
    MultiLayerNetwork broken = network(0);
    broken.params().assign(Float.NaN);

    assertDiverges(spark, broken, "the loss is NaN");
  }

  /** The weight of a call that never comes does not reach the loss. */
  @Test
  void aTrainingWhoseParametersAreNotFiniteEnds(SparkSession spark) {
    MultiLayerNetwork broken = network(0);
    broken.params().putScalar(0, Float.NaN);

    assertDiverges(spark, broken, "the sum of the parameters is NaN");
  }

  private static void assertDiverges(SparkSession spark, MultiLayerNetwork broken, String what) {
    TrainingSequences windows = cycles(spark);
    List<TrainingState> kept = new ArrayList<>();
    Recorded recorded = new Recorded();
    Trainer trainer = new Trainer(spark, settings(2, 2, 2), 2, 1).withCheckpoints(keepingAll(kept));

    assertThatThrownBy(() -> trainer.train(broken, windows.training(), windows.heldOut(), recorded))
        .isInstanceOf(DivergedTrainingException.class)
        .hasMessageMatching(
            "Cannot go on with the training: in epoch 1, round 1 of \\d+, "
                + what
                + ";"
                + " a lower learning rate or a limit on the gradient's norm keeps it finite");
    assertThat(kept).isEmpty();
    assertThat(recorded.models).isEmpty();
  }

  private static TrainingCheckpoints keepingAll(List<TrainingState> kept) {
    return new TrainingCheckpoints() {
      @Override
      public Optional<TrainingState> latest() {
        return Optional.empty();
      }

      @Override
      public boolean isDue() {
        return true;
      }

      @Override
      public void keep(TrainingState state) {
        kept.add(state);
      }
    };
  }

  @Test
  void moreWorkersThanAMiniBatchCanFeedAreRefused(SparkSession spark) {
    assertThatThrownBy(() -> new Trainer(spark, settings(1, 2, 2), 11, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot train with 11 workers on mini-batches of 20 sequences:"
                + " each worker must get at least 2");
  }

  @Test
  void reportsEveryRoundAndAModelAnEpoch(SparkSession spark) {
    Recorded recorded = new Recorded();
    TrainingSequences windows = cycles(spark);
    Dataset<Row> training = windows.training();
    new Trainer(spark, settings(2, 2, 3), 2, 1)
        .train(network(0), training, windows.heldOut(), recorded);

    assertThat(recorded.windows).isEqualTo(2 * training.count());
    assertThat(recorded.windowsOfEpochs).containsExactly(training.count(), training.count());
    assertThat(recorded.models).hasSize(2);
  }

  @Test
  void aModelLoadsInPlainDl4jAndPredictsTheSame(SparkSession spark) throws Exception {
    LanguageModel model = train(spark, settings(1, 2, 2), 0).model();
    LanguageModel read = LanguageModel.fromBytes(model.toBytes());
    List<int[]> windows = List.of(new int[] {1, 2, 3, 4, 5}, new int[] {5, 5, 5, 5, 1});

    assertThat(read.predict(windows).negativeLogLikelihood())
        .isEqualTo(model.predict(windows).negativeLogLikelihood());
  }

  private static MultiLayerNetwork restored(byte[] model) {
    try {
      return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model), false);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final class Recorded implements TrainingProgress {
    private long windows;
    private final List<Long> windowsOfEpochs = new ArrayList<>();
    private final List<byte[]> models = new ArrayList<>();

    @Override
    public void epochStarted(int epoch, long ofEpoch) {
      windowsOfEpochs.add(ofEpoch);
    }

    @Override
    public void roundEnded(int epoch, long trained) {
      windows += trained;
    }

    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> model) {
      models.add(model.get());
    }
  }
}
