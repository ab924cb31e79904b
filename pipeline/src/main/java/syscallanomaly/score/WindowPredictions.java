package syscallanomaly.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.model.DistributedModel.RANK;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.window.TrainingSequences.SEQUENCE;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.WindowCutter;

/**
 * Predicts the last call of each window of a trace. The first calls of a trace are context only. In
 * a trace shorter than a window, every call is predicted, with padding before it. The padded
 * windows count in the score but not in the sums. Equal windows are scored once.
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
        .select(col(SPLIT), col(ORDINAL), place.as(PLACE), col(NEGATIVE_LOG_LIKELIHOOD), col(RANK));
  }

  @Override
  public Dataset<Row> sums(Dataset<Row> traces) {
    Column window = when(col(WindowCutter.POSITION).geq(0), 1L).otherwise(0L);
    return windows(traces)
        .groupBy(SPLIT, ORDINAL)
        .agg(
            avg(NEGATIVE_LOG_LIKELIHOOD).as(SCORE),
            sum(window).as(PREDICTIONS),
            sum(window.multiply(col(NEGATIVE_LOG_LIKELIHOOD))).as(LOSS),
            sum(window.multiply(col(RANK).lt(1).cast(DataTypes.LongType))).as(CORRECT),
            sum(window.multiply(col(RANK).lt(TOP).cast(DataTypes.LongType))).as(TOP5));
  }

  private Dataset<Row> windows(Dataset<Row> traces) {
    Dataset<Row> windows =
        cutter.cutPadded(traces).withColumnRenamed(WindowCutter.WINDOW, SEQUENCE);
    Dataset<Row> scores =
        model.predict(
            windows.select(SEQUENCE).distinct().repartition(tasks(windows), col(SEQUENCE)));
    return windows.join(scores, SEQUENCE);
  }

  /**
   * Returns more tasks than cores, so that all cores finish at about the same time and progress is
   * visible.
   */
  private static int tasks(Dataset<Row> windows) {
    return TASKS_PER_CORE * windows.sparkSession().sparkContext().defaultParallelism();
  }
}
