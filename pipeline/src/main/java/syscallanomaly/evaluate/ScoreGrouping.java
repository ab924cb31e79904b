package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static syscallanomaly.score.ScoreColumns.CLUSTER;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.DISTINCT_IN_FAMILY;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.score.ScoreColumns.WITHOUT_EXECVE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import syscallanomaly.trace.Split;

/**
 * Counts the traces that have equal scores, on Spark. However many traces were scored, the driver
 * receives a bounded number of groups for each detector.
 *
 * <p>Up to a bound, the groups are exact. If a detector has more distinct scores, they are ranked
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
 *
 * <p>The groups that are resampled are of equal scores and of the same cluster. If a detector has
 * more of them than another bound, clusters are merged into buckets by a seeded hash, and scores
 * into fewer cells. Then buckets are what is resampled together. They are random sets of clusters,
 * so the intervals keep their expected width, but from B buckets it is known only to about {@code 1
 * / sqrt(2 B)} of itself.
 */
final class ScoreGrouping {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreGrouping.class);

  /** Column with the number of a trace's cluster. */
  static final String CLUSTER_NUMBER = "cluster_number";

  private static final String DISTINCT_SCORES = "distinct_scores";
  private static final String GROUPS = "groups";

  private static final StructType NUMBERED =
      new StructType()
          .add(DETECTOR, DataTypes.StringType)
          .add(SCORE, DataTypes.DoubleType)
          .add("number", DataTypes.LongType);

  private static final StructType FIRSTS =
      new StructType()
          .add(DETECTOR, DataTypes.StringType)
          .add(DISTINCT_SCORES, DataTypes.LongType)
          .add("first", DataTypes.LongType);

  private final Bounds bounds;
  private final long seed;

  /**
   * How many groups are exact, and how many the driver receives at once.
   *
   * @param scores most distinct scores of a detector on its ROC curve
   * @param resampledScores most distinct scores that are resampled once there are buckets
   * @param buckets number of buckets of clusters in a split once there are any
   * @param atOnce most groups of equal scores and clusters of the detectors that the driver
   *     receives together; a detector with more groups comes alone
   */
  record Bounds(int scores, int resampledScores, int buckets, long atOnce) {
    /** Most groups of equal scores and clusters with which there are no buckets. */
    long groups() {
      return (long) resampledScores * buckets;
    }
  }

  /**
   * The scores in groups of traces that are treated alike.
   *
   * @param curves groups of equal scores, whatever their cluster; figures and ROC curves come from
   *     them
   * @param resampled groups of equal scores and clusters; intervals come from them
   */
  record Groups(List<ScoreGroup> curves, List<ScoreGroup> resampled) {}

  /**
   * @param bounds how many groups are exact
   * @param seed seed of the clusters' numbers
   */
  ScoreGrouping(Bounds bounds, long seed) {
    this.bounds = bounds;
    this.seed = seed;
  }

  /**
   * Groups the scores. Reads the given data set once. The driver has the groups of a few detectors
   * at a time: a group takes hundreds of bytes while it arrives.
   *
   * @param use takes the groups of a few detectors, each detector once, in the order of Spark's
   *     sorted names
   * @throws IllegalStateException if a score is NaN or null, if another column is null that must
   *     not be, or if a split is neither {@code validation} nor {@code attack}
   */
  void group(Dataset<Row> scores, Consumer<Groups> use) {
    Column number = when(col(CLUSTER).isNotNull(), xxhash64(lit(seed), col(SPLIT), col(CLUSTER)));
    Dataset<Row> exact = scores.withColumn(CLUSTER_NUMBER, number).groupBy(keys()).count();
    // Persisted because several passes follow, and the model itself may compute the scores anew in
    // each.
    List<Dataset<Row>> kept = new ArrayList<>(List.of(exact.persist(StorageLevel.DISK_ONLY())));
    try {
      List<Row> overview = overview(exact);
      overview.forEach(ScoreGrouping::requireNumbers);
      List<List<String>> together = together(overview);
      if (together.size() == 1 && haveFewScores(overview) && haveFewGroups(overview)) {
        List<ScoreGroup> groups = collect(exact);
        use.accept(new Groups(ScoreGroup.withoutClusters(groups), groups));
        return;
      }
      Dataset<Row> curves = curves(exact, overview);
      Dataset<Row> resampled = resampled(exact, overview);
      if (together.size() > 1) {
        // One pass for each part follows.
        kept.add(curves.persist(StorageLevel.DISK_ONLY()));
        if (resampled != exact) {
          kept.add(resampled.persist(StorageLevel.DISK_ONLY()));
        }
      }
      collect(together, curves, resampled, use);
    } finally {
      kept.forEach(Dataset::unpersist);
    }
  }

  /** The names of the detectors that the driver receives together. */
  private List<List<String>> together(List<Row> overview) {
    List<List<String>> all = new ArrayList<>();
    long groups = 0;
    for (Row detector : overview) {
      long own = detector.getAs(GROUPS);
      if (all.isEmpty() || groups + own > bounds.atOnce()) {
        all.add(new ArrayList<>());
        groups = 0;
      }
      groups += own;
      all.get(all.size() - 1).add(detector.getAs(DETECTOR));
    }
    return all;
  }

  private static void collect(
      List<List<String>> together,
      Dataset<Row> curves,
      Dataset<Row> resampled,
      Consumer<Groups> use) {
    for (List<String> detectors : together) {
      Column chosen = col(DETECTOR).isin(detectors.toArray());
      use.accept(new Groups(collect(curves.where(chosen)), collect(resampled.where(chosen))));
    }
  }

  private static Column[] keys() {
    return Stream.of(
            DETECTOR,
            SPLIT,
            FAMILY,
            DISTINCT,
            DISTINCT_IN_FAMILY,
            WITHOUT_EXECVE,
            CLUSTER_NUMBER,
            SCORE)
        .map(functions::col)
        .toArray(Column[]::new);
  }

  private static List<ScoreGroup> collect(Dataset<Row> groups) {
    // Each row has names of its own, which are the same in very many rows.
    Map<String, String> names = new HashMap<>();
    return groups.collectAsList().stream().map(row -> ScoreGroup.of(row, names)).toList();
  }

  /** One row for each detector, in the order in which Spark sorts their names. */
  private static List<Row> overview(Dataset<Row> groups) {
    Column unusable = col(SCORE).isNull().or(col(SCORE).isNaN());
    return groups
        .groupBy(DETECTOR)
        .agg(
            countDistinct(SCORE).as(DISTINCT_SCORES),
            count(lit(1)).as(GROUPS),
            sum(when(unusable, col("count")).otherwise(0L)).as("unusable"))
        .orderBy(DETECTOR)
        .collectAsList();
  }

  private static void requireNumbers(Row overview) {
    long unusable = overview.<Long>getAs("unusable");
    if (unusable > 0) {
      throw new IllegalStateException(
          "Cannot evaluate detector "
              + overview.getAs(DETECTOR)
              + ": "
              + unusable
              + " of its scores are NaN or null; check whether the loss of its model diverged");
    }
  }

  private Dataset<Row> curves(Dataset<Row> exact, List<Row> overview) {
    Dataset<Row> together = exact.withColumn(CLUSTER_NUMBER, lit(0L));
    for (Row detector : overview) {
      long distinctScores = detector.<Long>getAs(DISTINCT_SCORES);
      if (distinctScores > bounds.scores()) {
        LOG.warn(
            "Detector {} has {} distinct scores; its figures are computed from {} cells of neighbouring scores",
            detector.getAs(DETECTOR),
            distinctScores,
            bounds.scores());
      }
    }
    return haveFewScores(overview)
        ? together.groupBy(keys()).agg(sum("count").as("count"))
        : coarsen(together, overview, bounds.scores());
  }

  private boolean haveFewScores(List<Row> overview) {
    return overview.stream()
        .allMatch(detector -> detector.<Long>getAs(DISTINCT_SCORES) <= bounds.scores());
  }

  private boolean haveFewGroups(List<Row> overview) {
    return overview.stream().allMatch(detector -> detector.<Long>getAs(GROUPS) <= bounds.groups());
  }

  /** The clusters are the same for all detectors, because resamples are shared. */
  private Dataset<Row> resampled(Dataset<Row> exact, List<Row> overview) {
    if (haveFewGroups(overview)) {
      return exact;
    }
    LOG.warn(
        "The traces form more than {} groups of equal scores and contents or folders; intervals are computed from {} buckets of contents and as many of folders",
        bounds.groups(),
        bounds.buckets());
    Column bucket = pmod(col(CLUSTER_NUMBER), lit((long) bounds.buckets()));
    // Normal and attack traces are resampled apart from each other.
    Column shift = when(col(SPLIT).equalTo(Split.ATTACK.label()), bounds.buckets()).otherwise(0L);
    return coarsen(
        exact.withColumn(CLUSTER_NUMBER, bucket.plus(shift)), overview, bounds.resampledScores());
  }

  /**
   * Coarsens the scores of the detectors above the bound. The others get one cell for each score
   * and so keep their exact scores.
   */
  private static Dataset<Row> coarsen(Dataset<Row> groups, List<Row> overview, int bound) {
    Column cell = expr("rank * %1$d div greatest(distinct_scores, %1$d)".formatted(bound));
    return groups
        .join(ranked(groups, overview), new String[] {DETECTOR, SCORE})
        .withColumn("cell", cell)
        .withColumn(SCORE, min(SCORE).over(Window.partitionBy(DETECTOR, "cell")))
        .groupBy(keys())
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
      long distinctScores = detector.getAs(DISTINCT_SCORES);
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
            col(DISTINCT_SCORES));
  }
}
