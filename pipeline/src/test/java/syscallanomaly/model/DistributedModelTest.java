package syscallanomaly.model;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class DistributedModelTest {
  private static final NetworkSettings SETTINGS = new NetworkSettings(List.of(5), 0.2, 0);

  @Test
  void totalsOfWindowsDoNotDependOnTheTasks(SparkSession spark) {
    sameInAnyNumberOfTasks(
        spark, NetworkBuilder.build(SETTINGS, 10, 2, rmsProp(0.001), 1), 1 + 2 + 3 + 4);
  }

  @Test
  void totalsOfTracesDoNotDependOnTheTasks(SparkSession spark) {
    sameInAnyNumberOfTasks(
        spark,
        NetworkBuilder.buildForTraces(SETTINGS, 10, 4, rmsProp(0.001), 1),
        3 * (1 + 2 + 3 + 4));
  }

  private static void sameInAnyNumberOfTasks(
      SparkSession spark, MultiLayerNetwork network, double predictions) {
    Dataset<Row> windows =
        Traces.of(spark, new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {1, 5, 9}})
            .select(col("calls").as("sequence"), col("ordinal").plus(1).as("multiplicity"))
            .coalesce(1);
    try (DistributedModel model =
        new DistributedModel(spark, new LanguageModel(network), /* batchSize= */ 2)) {
      PredictionTotals expected = model.totals(windows);
      assertThat(expected.predictions()).isEqualTo(predictions);
      for (int tasks = 1; tasks <= 3; tasks++) {
        PredictionTotals totals = model.totals(windows, tasks);
        assertThat(totals.predictions()).isEqualTo(predictions);
        assertThat(totals.loss()).isCloseTo(expected.loss(), within(1e-4));
        assertThat(totals.correct()).isEqualTo(expected.correct());
      }
    }
  }
}
