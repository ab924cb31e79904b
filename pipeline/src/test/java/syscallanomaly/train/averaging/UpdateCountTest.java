package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.dataset.DataSet;
import syscallanomaly.SparkExtension;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.epoch.WeightedSequence;
import syscallanomaly.train.optimiser.AdamOptimiser;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.TraceSegment;
import syscallanomaly.window.WindowBatch;

/**
 * Two workers that train on the same mini-batches are one network that trains on them: their mean
 * is each of them. Adam's step depends on the count of updates, so that it must go from round to
 * round.
 */
@ExtendWith(SparkExtension.class)
class UpdateCountTest {
  private static final int SYMBOLS = 7;
  private static final int LENGTH = 6;
  private static final int WORKERS = 2;
  private static final int BATCH = 4;
  private static final int FREQUENCY = 2;
  private static final int ROUNDS = 5;
  private static final int TRUNCATION = 3;
  private static final NetworkSettings NETWORK = new NetworkSettings(List.of(5, 4), 0, 0);
  private static final TrainingSettings SETTINGS =
      TrainingSettings.builder()
          .truncation(TRUNCATION, TRUNCATION)
          .optimiser(new AdamOptimiser())
          .learningRate(0.01)
          .averagingFrequency(FREQUENCY)
          .build();

  private static MultiLayerNetwork ofWindows() {
    return NetworkBuilder.build(NETWORK, SYMBOLS, LENGTH - 1, SETTINGS.updateRule(WORKERS), 1);
  }

  private static MultiLayerNetwork ofTraces() {
    return NetworkBuilder.buildForTraces(
        NETWORK, SYMBOLS, TRUNCATION, SETTINGS.updateRule(WORKERS), 1);
  }

  /** Mini-batches of sequences, each of which has this length. */
  private static List<List<int[]>> batches(int count, int length) {
    Random random = new Random(1);
    List<List<int[]>> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      List<int[]> sequences = new ArrayList<>();
      for (int sequence = 0; sequence < BATCH; sequence++) {
        sequences.add(random.ints(length, 0, SYMBOLS).toArray());
      }
      batches.add(sequences);
    }
    return batches;
  }

  /** Trains in rounds of a mini-batch or more a worker. */
  private static void train(
      SparkSession spark, MultiLayerNetwork network, List<List<List<int[]>>> rounds) {
    ParameterAveraging averaging =
        new ParameterAveraging(
            "count " + System.identityHashCode(network),
            LstmImplementation.FAST,
            WORKERS,
            FREQUENCY);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    for (int round = 0; round < rounds.size(); round++) {
      List<List<WeightedSequence>> batches = new ArrayList<>();
      for (List<int[]> batch : rounds.get(round)) {
        batches.add(
            new ArrayList<>(
                batch.stream().map(sequence -> new WeightedSequence(sequence, 1)).toList()));
      }
      averaging.round(
          network,
          context.parallelize(batches, WORKERS),
          new RoundSettings(
              SETTINGS, WORKERS, 1, (long) round * FREQUENCY, (long) rounds.size() * FREQUENCY),
          round);
    }
  }

  private static void equalsOneNetwork(
      SparkSession spark,
      List<List<int[]>> batches,
      MultiLayerNetwork ours,
      MultiLayerNetwork single,
      Consumer<List<int[]>> fit) {
    List<List<List<int[]>>> rounds = new ArrayList<>();
    for (int from = 0; from < batches.size(); from += FREQUENCY) {
      List<List<int[]>> ofWorker = batches.subList(from, from + FREQUENCY);
      List<List<int[]>> ofBoth = new ArrayList<>(ofWorker);
      ofBoth.addAll(ofWorker);
      rounds.add(ofBoth);
    }
    train(spark, ours, rounds);
    batches.forEach(fit);

    assertThat(ours.getIterationCount()).isEqualTo(single.getIterationCount());
    assertThat(ours.params().toFloatVector())
        .containsExactly(single.params().toFloatVector(), within(1e-4f));
    assertThat(ours.getUpdater().getStateViewArray().toFloatVector())
        .containsExactly(single.getUpdater().getStateViewArray().toFloatVector(), within(1e-5f));
  }

  @Test
  void workersOnWindowsContinueTheCount(SparkSession spark) {
    MultiLayerNetwork single = ofWindows();
    equalsOneNetwork(
        spark,
        batches(ROUNDS * FREQUENCY, LENGTH),
        ofWindows(),
        single,
        windows ->
            single.fit(
                new DataSet(
                    WindowBatch.oneHotContexts(windows, SYMBOLS),
                    WindowBatch.oneHotNextCalls(windows, SYMBOLS))));

    assertThat(single.getIterationCount()).isEqualTo(ROUNDS * FREQUENCY);
  }

  /** With DL4J's Adam, but not its LSTM: its gradients are wrong after the first segment. */
  @Test
  void workersOnWholeTracesContinueTheCount(SparkSession spark) {
    MultiLayerNetwork single = FastLstm.install(ofTraces());
    equalsOneNetwork(
        spark,
        batches(ROUNDS * FREQUENCY, 7),
        ofTraces(),
        single,
        traces -> {
          TraceBatch whole = TraceBatch.of(traces, new float[] {1, 1, 1, 1});
          TraceSegment batch = whole.segment(0, whole.steps());
          single.fit(
              new DataSet(
                  LanguageModel.input(single, batch), batch.calls(), null, batch.weights()));
        });

    assertThat(single.getIterationCount()).as("3 segments each").isEqualTo(3 * ROUNDS * FREQUENCY);
  }

  @Test
  void ofWorkersThatDifferTheLargestCountStands(SparkSession spark) {
    MultiLayerNetwork network = ofTraces();
    List<List<int[]>> round = new ArrayList<>(batches(1, 10));
    round.addAll(batches(1, 5));
    train(spark, network, List.of(round, round));

    assertThat(network.getIterationCount()).as("2 rounds of 4 segments").isEqualTo(8);
  }
}
