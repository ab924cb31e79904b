package syscallanomaly.train.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.EpochResults;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.Trainer;
import syscallanomaly.train.TrainingCheckpoints;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.optimiser.AdamOptimiser;
import syscallanomaly.train.optimiser.Optimiser;
import syscallanomaly.train.optimiser.Optimisers;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/** A training that goes on from any point comes to the same as one that was never interrupted. */
@ExtendWith(SparkExtension.class)
class TrainingStateTest {
  private static final SequenceSettings SEQUENCES =
      new SequenceSettings(false, new DropIn(false, 1), new HoldOut(HoldOut.Rule.TRACE, 0.2));
  private static final int SYMBOLS = 6;
  private static final int LENGTH = 5;
  private static final NetworkSettings NETWORK = new NetworkSettings(List.of(6, 4), 0.2, 3);

  /** A training set, a network for it, and how it is trained. */
  private record Task(
      TrainingSequences windows, TrainingSettings settings, Supplier<MultiLayerNetwork> network) {

    /** Three epochs at most of four or five rounds, half of which make up the epoch's model. */
    static Task of(SparkSession spark, SequenceKind kind, int patience, double minDelta) {
      return of(spark, kind, Optimisers.DEFAULT, patience, minDelta);
    }

    /** As above, trained by this optimiser. */
    static Task of(
        SparkSession spark, SequenceKind kind, Optimiser optimiser, int patience, double minDelta) {
      int[][] traces = new int[20][];
      for (int i = 0; i < traces.length; i++) {
        traces[i] = new int[8 + i % 7];
        for (int t = 0; t < traces[i].length; t++) {
          traces[i][t] = 1 + (i + t) % 5;
        }
      }
      WindowSettings settings = new WindowSettings(LENGTH, 0);
      WindowCutter cutter = new WindowCutter(Vocabulary.fixed(SYMBOLS), settings);
      boolean whole = kind == SequenceKind.TRACES;
      TrainingSettings training =
          TrainingSettings.builder()
              .unit(kind)
              .truncation(3, 8)
              .epochs(3)
              .batchSize(whole ? 4 : 16)
              .optimiser(optimiser)
              .learningRate(0.02)
              .schedule(Schedule.LINEAR)
              .averagingFrequency(whole ? 1 : 2)
              .polyakAveraging(0.5)
              .workers(2)
              .patience(patience)
              .minDelta(minDelta)
              .build();
      return new Task(
          whole
              ? TrainingSequences.ofWholeTraces(Traces.of(spark, traces), cutter, SEQUENCES, 3)
              : TrainingSequences.of(Traces.of(spark, traces), cutter, SEQUENCES, 3),
          training,
          () ->
              whole
                  ? NetworkBuilder.buildForTraces(NETWORK, SYMBOLS, 4, training.updateRule(1), 1)
                  : NetworkBuilder.build(NETWORK, SYMBOLS, LENGTH - 1, training.updateRule(1), 1));
    }

    TrainedModel train(SparkSession spark, Kept kept, Recorded recorded) {
      return new Trainer(spark, settings, 2, 1)
          .withCheckpoints(kept)
          .train(network.get(), windows.training(), windows.heldOut(), recorded);
    }
  }

  @Test
  void windowsGoOnFromAnyPoint(SparkSession spark) throws Exception {
    // Before and after the first round that counts in the epoch's model; at the end of the rounds
    // and of the epoch; in the second epoch; at the very end.
    goesOnFrom(spark, Task.of(spark, SequenceKind.WINDOWS, 3, 0.0001), 0, 2, 3, 4, 6, 14);
  }

  @Test
  void wholeTracesGoOnFromAnyPoint(SparkSession spark) throws Exception {
    goesOnFrom(spark, Task.of(spark, SequenceKind.TRACES, 3, 0.0001), 1, 7);
  }

  /** A count of updates that was lost would change every step after the interruption. */
  @ParameterizedTest
  @EnumSource(SequenceKind.class)
  void adamGoesOnFromAnyPoint(SequenceKind kind, SparkSession spark) throws Exception {
    goesOnFrom(spark, Task.of(spark, kind, new AdamOptimiser(), 3, 0.0001), 1, 2, 7);
  }

  private static void goesOnFrom(SparkSession spark, Task task, int... points) throws Exception {
    Kept all = new Kept(Optional.empty());
    Recorded whole = new Recorded();
    TrainedModel undisturbed = task.train(spark, all, whole);
    int rounds = (int) undisturbed.epochs().get(0).averagingRounds();
    assertThat(rounds).isBetween(4, 5);
    assertThat(all.states).hasSize(3 * (rounds + 1));

    for (int point : points) {
      TrainingState state = all.states.get(point);
      Recorded rest = new Recorded();
      TrainedModel resumed = task.train(spark, new Kept(Optional.of(readBack(state))), rest);

      String place = "epoch %d, round %d".formatted(state.epoch(), state.rounds());
      assertThat(resumed.model().network().params().toFloatVector())
          .as(place)
          .isEqualTo(undisturbed.model().network().params().toFloatVector());
      assertThat(withoutTimes(resumed.epochs()))
          .as(place)
          .isEqualTo(withoutTimes(undisturbed.epochs()));
      assertThat(resumed.epochTimes()).hasSize(3);
      int done = (state.epoch() - 1) * rounds + state.rounds();
      assertThat(rest.rounds).as(place).isEqualTo(whole.rounds.subList(done, 3 * rounds));
      assertThat(rest.epochs).as(place).isEqualTo(3 - state.epochs().size());
    }
  }

  /** No second epoch is better by so much. */
  @Test
  void earlyStoppingRemembersTheBestEpoch(SparkSession spark) throws Exception {
    Task stopped = Task.of(spark, SequenceKind.WINDOWS, 1, /* minDelta= */ 10);
    Kept all = new Kept(Optional.empty());
    TrainedModel undisturbed = stopped.train(spark, all, new Recorded());
    assertThat(undisturbed.epochs().size()).isEqualTo(2);
    assertThat(undisturbed.epochs().get(0).kept()).isTrue();

    for (TrainingState state :
        List.of(all.states.get(all.states.size() - 2), all.states.get(all.states.size() - 1))) {
      TrainedModel resumed =
          stopped.train(spark, new Kept(Optional.of(readBack(state))), new Recorded());

      assertThat(withoutTimes(resumed.epochs())).isEqualTo(withoutTimes(undisturbed.epochs()));
      assertThat(resumed.model().network().params().toFloatVector())
          .isEqualTo(undisturbed.model().network().params().toFloatVector());
    }
  }

  @Test
  void theTimeBeforeTheInterruptionCounts(SparkSession spark) {
    Task task = Task.of(spark, SequenceKind.WINDOWS, 3, 0.0001);
    Kept all = new Kept(Optional.empty());
    task.train(spark, all, new Recorded());
    TrainingState second = all.states.get(1);
    EpochInProgress progress = second.inProgress();
    TrainingState late =
        second.within(
            second.network(),
            new EpochInProgress(
                progress.rounds(),
                progress.totals(),
                progress.time(),
                1000,
                progress.averaged(),
                progress.parameterSum()));

    EpochResult epoch =
        task.train(spark, new Kept(Optional.of(late)), new Recorded()).epochs().get(0);

    assertThat(epoch.seconds()).isBetween(1000.0, 1100.0);
    assertThat(epoch.predictionsPerSecond()).isLessThan(1);
  }

  private static TrainingState readBack(TrainingState state) throws UnusableStateException {
    return TrainingStateFormat.read(TrainingStateFormat.write(state, new TreeMap<>())).state();
  }

  private static List<EpochResult> withoutTimes(List<EpochResult> epochs) {
    return epochs.stream()
        .map(
            epoch ->
                EpochResults.of(
                    epoch.epoch(),
                    epoch.loss(),
                    epoch.accuracy(),
                    epoch.heldOutLoss(),
                    epoch.heldOutAccuracy(),
                    0,
                    0,
                    epoch.averagingRounds(),
                    epoch.kept()))
        .toList();
  }

  /** Keeps the point after every round. */
  private static final class Kept implements TrainingCheckpoints {
    private final Optional<TrainingState> start;
    private final List<TrainingState> states = new ArrayList<>();

    Kept(Optional<TrainingState> start) {
      this.start = start;
    }

    @Override
    public Optional<TrainingState> latest() {
      return start;
    }

    @Override
    public boolean isDue() {
      return true;
    }

    @Override
    public void keep(TrainingState state) {
      states.add(state);
    }
  }

  private static final class Recorded implements TrainingProgress {
    private final List<String> rounds = new ArrayList<>();
    private int epochs;

    @Override
    public void epochStarted(int epoch, long windows) {}

    @Override
    public void roundEnded(int epoch, long windows) {
      rounds.add(epoch + ": " + windows);
    }

    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> model) {
      epochs++;
    }
  }
}
