package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class ScoreDistributionTest {
  private static final StructType SCORES =
      new StructType()
          .add("split", DataTypes.StringType)
          .add("lstm-window", DataTypes.DoubleType)
          .add("stide", DataTypes.DoubleType);

  private static Row row(String split, double window, double stide) {
    return RowFactory.create(split, window, stide);
  }

  @Test
  void countsEachDetectorBetweenItsOwnLowestAndHighestScore(SparkSession spark) {
    Dataset<Row> scores =
        spark.createDataFrame(
            List.of(
                row("validation", 1, 0),
                row("validation", 2.9, 0),
                row("validation", 3, 0.25),
                row("attack", 5, 1)),
            SCORES);

    Map<String, ScoreDistribution> distributions =
        ScoreDistribution.of(scores, List.of("stide", "lstm-window"), 2);

    assertThat(distributions.keySet()).containsExactly("stide", "lstm-window");
    assertThat(distributions.get("lstm-window"))
        .isEqualTo(new ScoreDistribution(List.of(1., 3., 5.), List.of(2L, 1L), List.of(0L, 1L)));
    assertThat(distributions.get("stide"))
        .isEqualTo(new ScoreDistribution(List.of(0., .5, 1.), List.of(3L, 0L), List.of(0L, 1L)));
  }

  @Test
  void equalScoresAreInTheFirstInterval(SparkSession spark) {
    Dataset<Row> scores =
        spark.createDataFrame(List.of(row("attack", 2, 0), row("attack", 2, 0)), SCORES);

    ScoreDistribution distribution =
        ScoreDistribution.of(scores, List.of("lstm-window"), 3).get("lstm-window");

    assertThat(distribution.attack()).containsExactly(2L, 0L, 0L);
    assertThat(distribution.normal()).containsOnly(0L);
  }
}
