package syscallanomaly.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.model.DistributedModel.RANK;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.WindowCutter;

/**
 * The language model as a detector: the mean negative log-likelihood of a trace's calls, nats a
 * call. The first calls of a trace are context only; in a trace shorter than a window every call is
 * scored, with padding before it.
 *
 * <p>Beside the score, each trace has the sums of its windows: {@code windows}, {@code loss} in
 * nats, {@code correct} and {@code top5}; padded windows do not count in them.
 */
public final class LstmDetector implements Detector {
  /** The name of this detector in settings and tables. */
  public static final String NAME = "lstm";

  /**
   * The surprise of a call is a float, so that more decimals are noise: they would depend on the
   * order in which Spark adds, and part traces that are equal.
   */
  private static final int DECIMALS = 6;

  private static final int TOP = 5;
  private static final int TASKS_PER_CORE = 16;

  private final DistributedModel model;
  private final WindowCutter cutter;

  public LstmDetector(DistributedModel model, WindowCutter cutter) {
    this.model = model;
    this.cutter = cutter;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    Column window = when(col(WindowCutter.POSITION).geq(0), 1L).otherwise(0L);
    return predictions(traces)
        .groupBy("split", "ordinal")
        .agg(
            round(avg(NEGATIVE_LOG_LIKELIHOOD), DECIMALS).as("score"),
            sum(window).as("windows"),
            sum(window.multiply(col(NEGATIVE_LOG_LIKELIHOOD))).as("loss"),
            sum(window.multiply(col(RANK).lt(1).cast(DataTypes.LongType))).as("correct"),
            sum(window.multiply(col(RANK).lt(TOP).cast(DataTypes.LongType))).as("top5"));
  }

  @Override
  public Dataset<Row> scoreHeldOut(Dataset<Row> traces) {
    return score(traces);
  }

  /** More tasks than cores, so that they end together and show how far the work has come. */
  private static int tasks(Dataset<Row> windows) {
    return TASKS_PER_CORE * windows.sparkSession().sparkContext().defaultParallelism();
  }

  /**
   * Every scored call: {@code split}, {@code ordinal}, {@code position} of its window in the trace
   * (negative where it is padded), {@code negative_log_likelihood} and {@code rank}. Windows that
   * occur more than once are scored once.
   */
  Dataset<Row> predictions(Dataset<Row> traces) {
    Dataset<Row> windows = cutter.cutPadded(traces);
    Dataset<Row> scores =
        model.score(
            windows
                .select(WindowCutter.WINDOW)
                .distinct()
                .repartition(tasks(windows), col(WindowCutter.WINDOW)));
    return windows.join(scores, WindowCutter.WINDOW);
  }
}
