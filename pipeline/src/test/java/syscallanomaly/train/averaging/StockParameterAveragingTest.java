package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import syscallanomaly.SparkExtension;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.epoch.WeightedSequence;
import syscallanomaly.train.optimiser.Optimisers;
import syscallanomaly.window.WindowBatch;

/**
 * Rounds against those of dl4j-spark's own training master, on the same mini-batches.
 *
 * <p>The stock master draws its splits at random, unless all that it is given fits into one: it
 * gets a round at a time, a partition a worker, and is told to leave partitions as they are.
 */
@ExtendWith(SparkExtension.class)
class StockParameterAveragingTest {
  private static final int SYMBOLS = 7;
  private static final int LENGTH = 6;
  private static final int WORKERS = 2;
  private static final int BATCH = 8;
  private static final int FREQUENCY = 3;
  private static final double TOLERANCE = 1e-5;

  private static TrainingSettings settings(String optimiser) {
    return TrainingSettings.builder()
        .optimiser(Optimisers.named(optimiser).orElseThrow())
        .learningRate(0.01)
        .averagingFrequency(FREQUENCY)
        .build();
  }

  private static MultiLayerNetwork network(TrainingSettings settings) {
    return NetworkBuilder.build(
        new NetworkSettings(List.of(5, 4), 0, 0),
        SYMBOLS,
        LENGTH - 1,
        settings.updateRule(WORKERS),
        1);
  }

  /** Mini-batches of a round, those of a worker one after the other. */
  private static List<List<int[]>> batches(int round, int batchesOfWorker) {
    Random random = new Random(round);
    List<List<int[]>> batches = new ArrayList<>();
    for (int batch = 0; batch < WORKERS * batchesOfWorker; batch++) {
      List<int[]> windows = new ArrayList<>();
      for (int window = 0; window < BATCH; window++) {
        windows.add(random.ints(LENGTH, 0, SYMBOLS).toArray());
      }
      batches.add(windows);
    }
    return batches;
  }

  private static MultiLayerNetwork stock(
      SparkSession spark, TrainingSettings settings, int rounds, int batchesOfWorker) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
            .batchSizePerWorker(BATCH)
            .averagingFrequency(FREQUENCY)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .build();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SparkDl4jMultiLayer distributed =
        new SparkDl4jMultiLayer(spark.sparkContext(), network(settings), master);
    for (int round = 0; round < rounds; round++) {
      List<DataSet> arrays =
          batches(round, batchesOfWorker).stream()
              .map(
                  windows ->
                      new DataSet(
                          WindowBatch.oneHotContexts(windows, SYMBOLS),
                          WindowBatch.oneHotNextCalls(windows, SYMBOLS)))
              .toList();
      distributed.fit(context.parallelize(new ArrayList<>(arrays), WORKERS));
    }
    return distributed.getNetwork();
  }

  private static MultiLayerNetwork ours(
      SparkSession spark,
      TrainingSettings settings,
      LstmImplementation lstm,
      int rounds,
      int batchesOfWorker) {
    ParameterAveraging averaging =
        new ParameterAveraging(
            "stock " + settings.optimiser().name() + " " + lstm + " " + rounds,
            lstm,
            WORKERS,
            FREQUENCY);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    MultiLayerNetwork network = network(settings);
    for (int round = 0; round < rounds; round++) {
      List<List<WeightedSequence>> weighted = new ArrayList<>();
      for (List<int[]> windows : batches(round, batchesOfWorker)) {
        weighted.add(
            new ArrayList<>(
                windows.stream().map(window -> new WeightedSequence(window, 1)).toList()));
      }
      averaging.round(
          network,
          context.parallelize(weighted, WORKERS),
          new RoundSettings(settings, WORKERS, 1, round, rounds),
          /* seed= */ round);
    }
    return network;
  }

  /** Largest difference, in proportion to the largest number. */
  private static double difference(INDArray actual, INDArray expected) {
    return actual.sub(expected).amaxNumber().doubleValue() / expected.amaxNumber().doubleValue();
  }

  /** They differ by rounding alone: by 2e-7 to 6e-7 where this was written. */
  @ParameterizedTest
  @CsvSource({
    "rmsprop, DL4J, 1",
    "rmsprop, DL4J, 4",
    "rmsprop, FAST, 1",
    "rmsprop, FAST, 4",
    "adam, DL4J, 1",
    "adam, DL4J, 4",
    "adam, FAST, 1",
    "adam, FAST, 4",
  })
  void aRoundEqualsDl4jSparks(
      String optimiser, LstmImplementation lstm, int rounds, SparkSession spark) {
    TrainingSettings settings = settings(optimiser);
    MultiLayerNetwork stock = stock(spark, settings, rounds, FREQUENCY);
    MultiLayerNetwork ours = ours(spark, settings, lstm, rounds, FREQUENCY);

    assertThat(difference(ours.params(), stock.params())).isLessThan(TOLERANCE);
    assertThat(
            difference(
                ours.getUpdater().getStateViewArray(), stock.getUpdater().getStateViewArray()))
        .isLessThan(TOLERANCE);
    assertThat(ours.getIterationCount())
        .isEqualTo(stock.getIterationCount())
        .isEqualTo(rounds * FREQUENCY);
    assertThat(difference(ours.params(), network(settings).params()))
        .as("it learned")
        .isGreaterThan(0.01);
  }

  /**
   * An epoch's last round may have fewer mini-batches. The stock master counts as many updates as
   * fit into a round; a round here counts those that workers made.
   */
  @Test
  void aShortRoundCountsTheUpdatesThatWereMade(SparkSession spark) {
    TrainingSettings settings = settings("adam");
    MultiLayerNetwork stock = stock(spark, settings, 1, 1);
    MultiLayerNetwork ours = ours(spark, settings, LstmImplementation.DL4J, 1, 1);

    assertThat(difference(ours.params(), stock.params())).isLessThan(TOLERANCE);
    assertThat(stock.getIterationCount()).isEqualTo(FREQUENCY);
    assertThat(ours.getIterationCount()).isEqualTo(1);
  }
}
