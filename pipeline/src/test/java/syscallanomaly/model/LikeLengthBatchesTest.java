package syscallanomaly.model;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
    List<List<Row>> batches = LikeLengthBatches.of(windows(spark, traces), 512).collect();

    List<List<Integer>> lengths = new ArrayList<>();
    for (List<Row> batch : batches) {
      lengths.add(batch.stream().map(row -> row.getList(0).size()).toList());
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

    List<List<List<Row>>> tasks =
        LikeLengthBatches.of(windows(spark, traces), 512, 2).glom().collect();

    assertThat(tasks)
        .extracting(batches -> batches.stream().map(List::size).toList())
        .containsExactly(List.of(8, 5), List.of(8));
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
