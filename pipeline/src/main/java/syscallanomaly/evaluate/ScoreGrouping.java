package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the traces that have equal scores, on Spark. However many traces were scored, the driver
 * receives a bounded number of groups for each detector.
 *
 * <p>Up to the bound, the groups are exact. If a detector has more distinct scores, they are ranked
 * and cut into as many cells as the bound says, with equally many distinct scores in each:
 *
 * <pre>{@code
 * cell = floor(rank * bound / distinct scores), ranks from 0
 * }</pre>
 *
 * Every trace takes the lowest score of its cell. Each cell's lowest score, used as a threshold,
 * reports the same traces as before, so every remaining point of the ROC curve is a point of the
 * exact curve. The AUC counts a pair within a cell as one half. Its error is at most half the sum
 * over all cells of (share of the normal traces in the cell) x (share of the attacks in the cell).
 * This is below {@code 1 / bound} if scores rarely repeat.
 */
final class ScoreGrouping {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreGrouping.class);

  private static final StructType NUMBERED =
      new StructType()
          .add(DETECTOR, DataTypes.StringType)
          .add(SCORE, DataTypes.DoubleType)
          .add("number", DataTypes.LongType);

  private static final StructType FIRSTS =
      new StructType()
          .add(DETECTOR, DataTypes.StringType)
          .add("distinct_scores", DataTypes.LongType)
          .add("first", DataTypes.LongType);

  private final int maxDistinctScores;

  ScoreGrouping(int maxDistinctScores) {
    this.maxDistinctScores = maxDistinctScores;
  }

  /**
   * Groups the scores. Reads the given data set once.
   *
   * @throws IllegalStateException if a score is NaN or null, if {@code distinct} is null, or if a
   *     split is neither {@code validation} nor {@code attack}
   */
  List<ScoreGroup> group(Dataset<Row> scores) {
    Dataset<Row> exact = scores.groupBy(DETECTOR, SPLIT, FAMILY, DISTINCT, SCORE).count();
    // Persisted because several passes follow, and the model itself may compute the scores anew in
    // each.
    exact.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Row> overview = overview(exact);
      boolean bounded = true;
      for (Row detector : overview) {
        bounded &= isBounded(detector);
      }
      Dataset<Row> groups = bounded ? exact : coarsen(exact, overview);
      return groups.collectAsList().stream().map(ScoreGroup::of).toList();
    } finally {
      exact.unpersist();
    }
  }

  /** One row for each detector, in the order in which Spark sorts their names. */
  private static List<Row> overview(Dataset<Row> groups) {
    Column unusable = col(SCORE).isNull().or(col(SCORE).isNaN());
    return groups
        .groupBy(DETECTOR)
        .agg(
            countDistinct(SCORE).as("distinct_scores"),
            sum(when(unusable, col("count")).otherwise(0L)).as("unusable"))
        .orderBy(DETECTOR)
        .collectAsList();
  }

  private boolean isBounded(Row overview) {
    String detector = overview.getAs(DETECTOR);
    long unusable = overview.<Long>getAs("unusable");
    if (unusable > 0) {
      throw new IllegalStateException(
          "Cannot evaluate detector "
              + detector
              + ": "
              + unusable
              + " of its scores are NaN or null; check whether the loss of its model diverged");
    }
    long distinctScores = overview.<Long>getAs("distinct_scores");
    if (distinctScores > maxDistinctScores) {
      LOG.warn(
          "Detector {} has {} distinct scores; its figures are computed from {} cells of neighbouring scores",
          detector,
          distinctScores,
          maxDistinctScores);
      return false;
    }
    return true;
  }

  /**
   * Coarsens the scores of the detectors above the bound. The others get one cell for each score
   * and so keep their exact scores.
   */
  private Dataset<Row> coarsen(Dataset<Row> exact, List<Row> overview) {
    Column cell =
        expr("rank * %1$d div greatest(distinct_scores, %1$d)".formatted(maxDistinctScores));
    return exact
        .join(ranked(exact, overview), new String[] {DETECTOR, SCORE})
        .withColumn("cell", cell)
        .withColumn(SCORE, min(SCORE).over(Window.partitionBy(DETECTOR, "cell")))
        .groupBy(DETECTOR, SPLIT, FAMILY, DISTINCT, SCORE)
        .agg(sum("count").as("count"));
  }

  /**
   * Ranks the distinct scores of each detector from 0. Spark sorts the scores of all detectors in
   * parallel, and the number of scores of the detectors before it is subtracted. A window function
   * would sort all scores of a detector in one task.
   */
  private static Dataset<Row> ranked(Dataset<Row> exact, List<Row> overview) {
    SparkSession spark = exact.sparkSession();
    JavaRDD<Row> numbered =
        exact
            .select(DETECTOR, SCORE)
            .distinct()
            .orderBy(DETECTOR, SCORE)
            .javaRDD()
            .zipWithIndex()
            .map(score -> RowFactory.create(score._1().get(0), score._1().get(1), score._2()));
    List<Row> firsts = new ArrayList<>();
    long before = 0;
    for (Row detector : overview) {
      long distinctScores = detector.getAs("distinct_scores");
      firsts.add(RowFactory.create(detector.<String>getAs(DETECTOR), distinctScores, before));
      before += distinctScores;
    }
    return spark
        .createDataFrame(numbered, NUMBERED)
        .join(broadcast(spark.createDataFrame(firsts, FIRSTS)), DETECTOR)
        .select(
            col(DETECTOR),
            col(SCORE),
            col("number").minus(col("first")).as("rank"),
            col("distinct_scores"));
  }
}
