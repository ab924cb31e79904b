package syscallanomaly.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
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
 * Predictions of the last call of each window of a trace. The first calls of a trace are context
 * only; in a trace shorter than a window every call is scored, with padding before it. Padded
 * windows do not count in the sums. Windows that occur more than once are scored once.
 */
final class WindowPredictions implements CallPredictions {
  private static final int TASKS_PER_CORE = 16;

  private final DistributedModel model;
  private final WindowCutter cutter;

  WindowPredictions(DistributedModel model, WindowCutter cutter) {
    this.model = model;
    this.cutter = cutter;
  }

  @Override
  public Dataset<Row> calls(Dataset<Row> traces) {
    Column place = col(WindowCutter.POSITION).plus(cutter.windowLength() - 1);
    return windows(traces)
        .select(
            col("split"), col("ordinal"), place.as(PLACE), col(NEGATIVE_LOG_LIKELIHOOD), col(RANK));
  }

  @Override
  public Dataset<Row> sums(Dataset<Row> traces) {
    Column window = when(col(WindowCutter.POSITION).geq(0), 1L).otherwise(0L);
    return windows(traces)
        .groupBy("split", "ordinal")
        .agg(
            avg(NEGATIVE_LOG_LIKELIHOOD).as("score"),
            sum(window).as("windows"),
            sum(window.multiply(col(NEGATIVE_LOG_LIKELIHOOD))).as("loss"),
            sum(window.multiply(col(RANK).lt(1).cast(DataTypes.LongType))).as("correct"),
            sum(window.multiply(col(RANK).lt(TOP).cast(DataTypes.LongType))).as("top5"));
  }

  private Dataset<Row> windows(Dataset<Row> traces) {
    Dataset<Row> windows = cutter.cutPadded(traces);
    Dataset<Row> scores =
        model.score(
            windows
                .select(WindowCutter.WINDOW)
                .distinct()
                .repartition(tasks(windows), col(WindowCutter.WINDOW)));
    return windows.join(scores, WindowCutter.WINDOW);
  }

  /** More tasks than cores, so that they end together and show how far the work has come. */
  private static int tasks(Dataset<Row> windows) {
    return TASKS_PER_CORE * windows.sparkSession().sparkContext().defaultParallelism();
  }
}
