package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.epoch.WeightedSequence;
import syscallanomaly.window.SequenceKind;

/** Workers whose mini-batches have different sizes. */
@ExtendWith(SparkExtension.class)
class UnequalWorkersTest {
  private static final int SYMBOLS = 7;
  private static final int[] WINDOW = {1, 2, 3, 4};
  private static final int[] OTHER = {4, 5, 6, 1};

  private static MultiLayerNetwork network() {
    return NetworkBuilder.build(
        new NetworkSettings(List.of(5), 0, 0), SYMBOLS, WINDOW.length - 1, rmsProp(0.01), 1);
  }

  private static MultiLayerNetwork ofTraces() {
    return NetworkBuilder.buildForTraces(
        new NetworkSettings(List.of(5), 0, 0), SYMBOLS, 3, rmsProp(0.01), 1);
  }

  private static List<WeightedSequence> batch(float weight, int[]... sequences) {
    return new ArrayList<>(
        Arrays.stream(sequences).map(calls -> new WeightedSequence(calls, weight)).toList());
  }

  /** Trains for one round; each worker has one mini-batch. */
  private static PredictionTotals round(
      SparkSession spark, MultiLayerNetwork network, List<List<WeightedSequence>> ofWorkers) {
    ParameterAveraging averaging =
        new ParameterAveraging(
            "unequal " + System.identityHashCode(network),
            LstmImplementation.FAST,
            ofWorkers.size(),
            1);
    TrainingSettings settings = TrainingSettings.builder().unit(SequenceKind.WINDOWS).build();
    return averaging
        .round(
            network,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(new ArrayList<>(ofWorkers), ofWorkers.size()),
            new RoundSettings(settings, 1, 1, 0, 1),
            1)
        .totals();
  }

  @Test
  void aWorkerCountsAsOftenAsItHasSequences(SparkSession spark) {
    MultiLayerNetwork three = network();
    round(spark, three, List.of(batch(1, WINDOW, WINDOW, WINDOW)));
    MultiLayerNetwork one = network();
    round(spark, one, List.of(batch(1, OTHER)));
    MultiLayerNetwork both = network();
    round(spark, both, List.of(batch(1, WINDOW, WINDOW, WINDOW), batch(1, OTHER)));

    assertThat(both.params().toFloatVector())
        .containsExactly(
            three.params().mul(3).add(one.params()).div(4).toFloatVector(), within(1e-6f));
    assertThat(three.params().distance2(one.params())).isGreaterThan(0.001);
  }

  @Test
  void aWorkerWithoutSequencesDoesNotCount(SparkSession spark) {
    MultiLayerNetwork alone = network();
    round(spark, alone, List.of(batch(1, WINDOW)));
    MultiLayerNetwork sum = network();
    ParameterSum ofAlone =
        ParameterSum.of(alone, 1, PredictionTotals.NONE, TimeBreakdown.NONE)
            .plus(ParameterSum.EMPTY);
    sum.setParameters(ParameterSum.EMPTY.plus(ofAlone).meanParameters());

    assertThat(sum.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
  }

  /** A single window trains a network as two equal ones do, and counts once. */
  @Test
  void aSingleWindowCountsOnce(SparkSession spark) {
    MultiLayerNetwork one = network();
    PredictionTotals single = round(spark, one, List.of(batch(2.5f, WINDOW)));
    MultiLayerNetwork two = network();
    PredictionTotals twice = round(spark, two, List.of(batch(2.5f, WINDOW, WINDOW)));

    assertThat(single.predictions()).isEqualTo(2.5);
    assertThat(single.loss()).isCloseTo(twice.loss() / 2, within(1e-6));
    assertThat(single.correct()).isEqualTo(twice.correct() / 2);
    assertThat(one.params().toFloatVector())
        .containsExactly(two.params().toFloatVector(), within(1e-6f));
  }

  @Test
  void aSingleTraceCountsOnceInTheMean(SparkSession spark) {
    MultiLayerNetwork three = ofTraces();
    round(spark, three, List.of(batch(1, WINDOW, WINDOW, WINDOW)));
    MultiLayerNetwork one = ofTraces();
    round(spark, one, List.of(batch(1, OTHER)));
    MultiLayerNetwork both = ofTraces();
    PredictionTotals totals =
        round(spark, both, List.of(batch(1, WINDOW, WINDOW, WINDOW), batch(1, OTHER)));

    assertThat(totals.predictions()).isEqualTo(16);
    assertThat(both.params().toFloatVector())
        .containsExactly(
            three.params().mul(3).add(one.params()).div(4).toFloatVector(), within(1e-6f));
  }

  /** dl4j-spark's loop would make two mini-batches of three windows of them. */
  @Test
  void miniBatchesOfDifferentSizesStayApart(SparkSession spark) {
    MultiLayerNetwork ofWindows = network();
    MultiLayerNetwork ofTraces = ofTraces();
    List<List<WeightedSequence>> batches =
        List.of(batch(1, WINDOW), batch(1, WINDOW, OTHER, WINDOW), batch(1, OTHER, OTHER));

    assertThat(worker(spark, ofWindows, batches).predictions()).isEqualTo(6);
    assertThat(ofWindows.getIterationCount()).isEqualTo(3);
    assertThat(worker(spark, ofTraces, batches).predictions()).isEqualTo(24);
    assertThat(ofTraces.getIterationCount()).isEqualTo(3);
  }

  /** Trains one worker on mini-batches, one after the other. */
  private static PredictionTotals worker(
      SparkSession spark, MultiLayerNetwork network, List<List<WeightedSequence>> batches) {
    return new ParameterAveraging(
            "one worker " + System.identityHashCode(network),
            LstmImplementation.FAST,
            /* workers= */ 1,
            batches.size())
        .round(
            network,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(new ArrayList<>(batches), 1),
            new RoundSettings(
                TrainingSettings.builder().truncation(4, 4).build(), 1, 1, 0, batches.size()),
            1)
        .totals();
  }
}
