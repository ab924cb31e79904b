package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class CalibrationTracesTest {
  private static int[][] traces(int count, int shift) {
    int[][] traces = new int[count][];
    for (int i = 0; i < count; i++) {
      traces[i] = Traces.range((i + shift) % count, 3);
    }
    return traces;
  }

  private static List<Integer> firstCalls(Dataset<Row> traces) {
    return traces.selectExpr("calls[0]").as(Encoders.INT()).collectAsList();
  }

  @Test
  void tracesAreChosenByContentAndNotByNumber(SparkSession spark) {
    List<Integer> chosen = firstCalls(DetectorScores.chosen(Traces.of(spark, traces(40, 0)), 10));

    assertThat(chosen).hasSize(10);
    assertThat(firstCalls(DetectorScores.chosen(Traces.of(spark, traces(40, 7)), 10)))
        .containsExactlyInAnyOrderElementsOf(chosen);
  }

  @Test
  void fewTracesAreAllChosen(SparkSession spark) {
    assertThat(firstCalls(DetectorScores.chosen(Traces.of(spark, traces(9, 0)), 10)))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }
}
