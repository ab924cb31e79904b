package syscallanomaly.model;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.collection.JavaConverters;
import syscallanomaly.Kryo;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class LikeLengthBatchesTest {
  private static Dataset<Row> windows(SparkSession spark, int[]... traces) {
    return Traces.of(spark, traces)
        .select(col("calls").as("sequence"), col("ordinal").plus(1).as("multiplicity"));
  }

  @Test
  void batchesHoldTracesOfLikeLengthAndEveryTraceOnce(SparkSession spark) {
    int[][] traces = new int[21][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, 1 + i * 8 % 21);
    }
    List<List<KeyedTrace>> batches = LikeLengthBatches.of(windows(spark, traces), 512).collect();

    List<List<Integer>> lengths = new ArrayList<>();
    for (List<KeyedTrace> batch : batches) {
      lengths.add(batch.stream().map(trace -> trace.calls().length).toList());
    }
    assertThat(lengths)
        .containsExactly(
            List.of(21, 20, 19, 18, 17, 16, 15, 14),
            List.of(13, 12, 11, 10, 9, 8, 7, 6),
            List.of(5, 4, 3, 2, 1));
  }

  @Test
  void everyTaskOfAFewTakesTheNextBatchInTurn(SparkSession spark) {
    int[][] traces = new int[21][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, 1 + i);
    }

    List<List<List<KeyedTrace>>> tasks =
        LikeLengthBatches.of(windows(spark, traces), 512, 2).glom().collect();

    assertThat(tasks)
        .extracting(batches -> batches.stream().map(List::size).toList())
        .containsExactly(List.of(8, 5), List.of(8));
  }

  @Test
  void aVeryLongTraceSharesNoBatch(SparkSession spark) {
    int[][] traces = new int[9][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, 1 + i);
    }
    traces[4] = new int[2_000_000];
    traces[5] = new int[1_000_000];

    List<List<KeyedTrace>> batches = LikeLengthBatches.of(windows(spark, traces), 512, 1).collect();

    assertThat(batches)
        .extracting(batch -> batch.stream().map(trace -> trace.calls().length).toList())
        .containsExactly(List.of(2_000_000), List.of(1_000_000, 9), List.of(8, 7, 4, 3, 2, 1));
  }

  @Test
  void equalTracesAreOneWhoseMultiplicitiesAreAdded(SparkSession spark) {
    List<List<KeyedTrace>> batches =
        LikeLengthBatches.of(windows(spark, new int[][] {{1, 2}, {3, 3, 3}, {1, 2}}), 512, 1)
            .collect();

    assertThat(batches).hasSize(1);
    assertThat(batches.get(0))
        .extracting(KeyedTrace::multiplicity, trace -> trace.calls().length)
        .containsExactly(tuple(2L, 3), tuple(1L + 3L, 2));
  }

  /** Spark sends a shuffle's partitioner to every task. */
  @Test
  void whatIsSentToTheTasksHoldsNoTrace(SparkSession spark) throws Exception {
    int[][] traces = new int[32][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(i, 5_000);
    }

    List<Integer> sizes = new ArrayList<>();
    partitioners(LikeLengthBatches.of(windows(spark, traces), 512, 2).rdd(), sizes);

    assertThat(sizes).hasSizeGreaterThan(1).allMatch(bytes -> bytes < 20_000);
  }

  private static void partitioners(RDD<?> rdd, List<Integer> sizes) throws IOException {
    for (Dependency<?> dependency : JavaConverters.seqAsJavaList(rdd.dependencies())) {
      if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(shuffle.partitioner());
        }
        sizes.add(bytes.size());
      }
      partitioners(dependency.rdd(), sizes);
    }
  }

  @Test
  void aTraceCanTravelThroughKryo() {
    KeyedTrace copy = Kryo.copy(new KeyedTrace(new byte[] {1, 2}, new int[] {3, 4, 5}, 6));

    assertThat(copy.content()).containsExactly(1, 2);
    assertThat(copy.calls()).containsExactly(3, 4, 5);
    assertThat(copy.multiplicity()).isEqualTo(6);
  }

  @Test
  void batchesGiveEveryTaskWorkWithinBounds() {
    assertThat(LikeLengthBatches.batchSize(3152, 32, 512)).isEqualTo(99);
    assertThat(LikeLengthBatches.batchSize(10, 32, 512)).isEqualTo(8);
    assertThat(LikeLengthBatches.batchSize(1_000_000, 32, 512)).isEqualTo(512);
    assertThat(LikeLengthBatches.batchSize(1_000_000, 32, 1)).isEqualTo(1);
  }

  @Test
  void totalsCountEveryCallWithTheMultiplicityOfItsTrace(SparkSession spark) {
    LanguageModel model =
        new LanguageModel(
            NetworkBuilder.buildForTraces(
                new NetworkSettings(List.of(5), 0.2, 0), 10, 4, rmsProp(0.001), 1));
    int[][] traces = {{1, 2, 3}, {4, 5}, {1, 2, 3}, {9, 9, 9, 9, 9, 9, 9}};
    // Multiplicities 1, 2, 3 and 4.
    PredictionTotals totals;
    try (DistributedModel distributed = new DistributedModel(spark, model, 2)) {
      totals = distributed.totals(windows(spark, traces));
    }

    List<Predictions> scores = model.predictTraces(List.of(traces));
    double loss =
        IntStream.range(0, 4)
            .mapToDouble(i -> (i + 1) * sum(scores.get(i).negativeLogLikelihood()))
            .sum();
    long correct =
        IntStream.range(0, 4)
            .mapToLong(
                i -> (i + 1) * IntStream.of(scores.get(i).rank()).filter(rank -> rank == 0).count())
            .sum();
    assertThat(totals.predictions()).isEqualTo(3 + 2 * 2 + 3 * 3 + 4 * 7);
    assertThat(totals.loss()).isCloseTo(loss, within(1e-4));
    assertThat(totals.correct()).isEqualTo((double) correct);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
