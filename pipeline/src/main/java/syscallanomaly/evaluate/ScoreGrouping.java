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
 * Counts traces by equal score on Spark, so that the driver holds at most a bounded number of
 * groups per detector, however many traces were scored.
 *
 * <p>Up to the bound the groups are exact. Beyond it the distinct scores of the detector, in order,
 * are cut into that many cells of equally many distinct scores, and every trace takes the lowest
 * score of its cell. "At least this threshold" then means the same traces as before, so every point
 * of the ROC curve stays a point of the exact curve; only points between two cells are missing. The
 * AUC counts pairs within a cell half and is off by at most half the sum over cells of (share of
 * the normal traces in the cell) x (share of the attacks in the cell): below {@code 1 / bound}
 * where scores hardly repeat.
 */
final class ScoreGrouping {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreGrouping.class);

  private final int maxDistinctScores;

  ScoreGrouping(int maxDistinctScores) {
    this.maxDistinctScores = maxDistinctScores;
  }

  /**
   * Groups the scores; reads the given data set once.
   *
   * @throws IllegalStateException if a score is NaN or null
   */
  List<ScoreGroup> group(Dataset<Row> scores) {
    Dataset<Row> exact = scores.groupBy(DETECTOR, SPLIT, FAMILY, DISTINCT, SCORE).count();
    // Kept for two or three passes: what produces the scores may be the model itself.
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
              + " traces have the score NaN or none; look for a model whose loss diverged");
    }
    long distinctScores = overview.<Long>getAs("distinct_scores");
    if (distinctScores > maxDistinctScores) {
      LOG.warn(
          "Detector {} has {} distinct scores: evaluated on {} cells of neighbouring scores",
          detector,
          distinctScores,
          maxDistinctScores);
      return false;
    }
    return true;
  }

  /** Detectors within the bound get a cell per score, and so keep their exact scores. */
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
