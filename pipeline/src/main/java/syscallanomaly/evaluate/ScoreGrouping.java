package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
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
 * cell = floor((rank - 1) * bound / distinct scores)
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
    // Persisted because two or three passes follow, and the model itself may compute the scores
    // anew in each.
    exact.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> overview = overview(exact);
      boolean bounded = true;
      for (Row detector : overview.collectAsList()) {
        bounded &= isBounded(detector);
      }
      Dataset<Row> groups = bounded ? exact : coarsen(exact, overview);
      return groups.collectAsList().stream().map(ScoreGroup::of).toList();
    } finally {
      exact.unpersist();
    }
  }

  private static Dataset<Row> overview(Dataset<Row> groups) {
    Column unusable = col(SCORE).isNull().or(col(SCORE).isNaN());
    return groups
        .groupBy(DETECTOR)
        .agg(
            countDistinct(SCORE).as("distinct_scores"),
            sum(when(unusable, col("count")).otherwise(0L)).as("unusable"));
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
  private Dataset<Row> coarsen(Dataset<Row> exact, Dataset<Row> overview) {
    Column rank = dense_rank().over(Window.partitionBy(DETECTOR).orderBy(SCORE));
    Column cell =
        expr(
            "(CAST(rank AS BIGINT) - 1) * %1$d div greatest(distinct_scores, %1$d)"
                .formatted(maxDistinctScores));
    return exact
        .join(broadcast(overview), DETECTOR)
        .withColumn("rank", rank)
        .withColumn("cell", cell)
        .withColumn(SCORE, min(SCORE).over(Window.partitionBy(DETECTOR, "cell")))
        .groupBy(DETECTOR, SPLIT, FAMILY, DISTINCT, SCORE)
        .agg(sum("count").as("count"));
  }
}
