package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class ScoreGroupingTest {
  private static final int SCORES = 10_000;
  private static final int BOUND = 70;

  private static Dataset<Row> scores(SparkSession spark) {
    return spark
        .range(0, SCORES, 1, 4)
        .select(
            lit("lstm").as("detector"),
            lit("validation").as("split"),
            lit(null).cast("string").as("family"),
            lit(true).as("distinct"),
            col("id").divide(8).as("score"));
  }

  @Test
  void everyCellHoldsAsManyScoresAndTakesTheLowest(SparkSession spark) {
    List<ScoreGroup> groups = new ScoreGrouping(BOUND).group(scores(spark));

    List<Double> lowest =
        LongStream.range(0, BOUND)
            .mapToObj(cell -> Math.floorDiv(cell * SCORES + BOUND - 1, (long) BOUND) / 8.0)
            .toList();
    assertThat(groups).extracting(ScoreGroup::score).containsExactlyInAnyOrderElementsOf(lowest);
    assertThat(groups).extracting(ScoreGroup::count).containsOnly(142L, 143L);
  }

  @Test
  void noTaskReceivesAllScoresOfADetector(SparkSession spark) throws Exception {
    SparkSession parallel = spark.newSession();
    parallel.conf().set("spark.sql.shuffle.partitions", 4);
    parallel.conf().set("spark.sql.adaptive.coalescePartitions.enabled", false);
    AtomicLong most = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            long read = end.taskMetrics().shuffleReadMetrics().recordsRead();
            most.accumulateAndGet(read, Math::max);
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      assertThat(new ScoreGrouping(BOUND).group(scores(parallel))).hasSize(BOUND);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    assertThat(most).hasValueBetween(SCORES / 8, SCORES / 2);
  }
}
