package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
  private static final ScoreGrouping GROUPING =
      new ScoreGrouping(new ScoreGrouping.Bounds(BOUND, 20, 9, 1000), 1);

  private static Dataset<Row> scores(SparkSession spark) {
    return spark
        .range(0, SCORES, 1, 4)
        .select(
            lit("lstm").as("detector"),
            lit("validation").as("split"),
            lit(null).cast("string").as("family"),
            lit(true).as("distinct"),
            lit(true).as("distinct_in_family"),
            lit(true).as("without_execve"),
            col("id").cast("string").as("cluster"),
            col("id").divide(8).as("score"));
  }

  private static ScoreGrouping.Groups grouped(ScoreGrouping grouping, Dataset<Row> scores) {
    List<ScoreGrouping.Groups> parts = new ArrayList<>();
    grouping.group(scores, parts::add);
    assertThat(parts).hasSize(1);
    return parts.get(0);
  }

  @Test
  void everyCellHoldsAsManyScoresAndTakesTheLowest(SparkSession spark) {
    List<ScoreGroup> groups = grouped(GROUPING, scores(spark)).curves();

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
      assertThat(grouped(GROUPING, scores(parallel)).curves()).hasSize(BOUND);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    assertThat(most).hasValueBetween(SCORES / 8, SCORES / 2);
  }

  @Test
  void tooManyClustersBecomeBucketsThatBalanceEachOther(SparkSession spark) {
    List<ScoreGroup> groups = grouped(GROUPING, scores(spark)).resampled();

    assertThat(groups)
        .extracting(ScoreGroup::cluster)
        .containsOnly(LongStream.range(0, 9).boxed().toArray(Long[]::new));
    assertThat(groups.stream().map(ScoreGroup::score).distinct()).hasSize(20);
    assertThat(groups).hasSize(20 * 9);
    assertThat(groups.stream().mapToLong(ScoreGroup::count).sum()).isEqualTo(SCORES);
    assertThat(groups).extracting(ScoreGroup::count).allMatch(count -> count > 25 && count < 95);
  }

  @Test
  void bucketsOfNormalAndAttackTracesAreResampledApart(SparkSession spark) {
    List<ScoreGroup> groups =
        grouped(GROUPING, scores(spark).withColumn("split", lit("attack"))).resampled();

    assertThat(groups)
        .extracting(ScoreGroup::cluster)
        .allMatch(cluster -> cluster >= 9 && cluster < 18);
  }

  @Test
  void anotherSeedMakesOtherBuckets(SparkSession spark) {
    ScoreGrouping other = new ScoreGrouping(new ScoreGrouping.Bounds(BOUND, 20, 9, 1000), 2);

    assertThat(grouped(other, scores(spark)).resampled())
        .isNotEqualTo(grouped(GROUPING, scores(spark)).resampled());
  }

  @Test
  void fewClustersStayAsTheyAre(SparkSession spark) {
    List<ScoreGroup> groups =
        grouped(GROUPING, scores(spark).where(col("score").lt(22.5))).resampled();

    assertThat(groups).hasSize(180).extracting(ScoreGroup::cluster).doesNotHaveDuplicates();
  }

  @Test
  void detectorsWithManyGroupsComeOneAfterTheOther(SparkSession spark) {
    Dataset<Row> few = scores(spark).where(col("score").lt(5));
    Dataset<Row> all =
        scores(spark)
            .unionByName(few.withColumn("detector", lit("stide")))
            .unionByName(few.withColumn("detector", lit("ngram")));
    List<ScoreGrouping.Groups> parts = new ArrayList<>();

    GROUPING.group(all, parts::add);

    assertThat(parts)
        .extracting(part -> part.curves().stream().map(ScoreGroup::detector).distinct().toList())
        .containsExactly(List.of("lstm"), List.of("ngram", "stide"));
    assertThat(parts.get(0).curves())
        .containsExactlyInAnyOrderElementsOf(grouped(GROUPING, scores(spark)).curves());
    assertThat(parts.get(1).curves())
        .filteredOn(group -> group.detector().equals("stide"))
        .containsExactlyInAnyOrderElementsOf(
            grouped(GROUPING, few.withColumn("detector", lit("stide"))).curves());
    assertThat(
            parts.get(1).resampled().stream()
                .filter(group -> group.detector().equals("stide"))
                .mapToLong(ScoreGroup::count)
                .sum())
        .isEqualTo(40);
  }
}
