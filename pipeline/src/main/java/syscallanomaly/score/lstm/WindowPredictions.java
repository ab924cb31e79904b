package syscallanomaly.score.lstm;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.model.DistributedModel.RANK;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.window.TrainingSequences.SEQUENCE;
import static syscallanomaly.window.WindowCutter.POSITION;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.WindowCutter;

/**
 * Predicts the last call of each window of a trace. The first calls of a trace are context only. In
 * a trace shorter than a window, every call is predicted, with padding before it. The padded
 * windows count in the means but not in the sums. Equal windows are scored once.
 */
final class WindowPredictions implements CallPredictions {
  private static final int TASKS_PER_CORE = 16;

  /** Prediction takes longer than reading, so it is worth more tasks than other queries. */
  private static final int TASKS_PER_PARTITION = 4;

  private final DistributedModel model;
  private final WindowCutter cutter;

  WindowPredictions(DistributedModel model, WindowCutter cutter) {
    this.model = model;
    this.cutter = cutter;
  }

  @Override
  public Dataset<Row> calls(Dataset<Row> traces) {
    Column place = col(POSITION).plus(cutter.windowLength() - 1);
    return windows(traces)
        .select(col(SPLIT), col(ORDINAL), place.as(PLACE), col(NEGATIVE_LOG_LIKELIHOOD), col(RANK));
  }

  @Override
  public Dataset<Row> sums(Dataset<Row> traces) {
    // The lowest mean needs a trace's predictions in their order. They stream past, so that memory
    // does not grow with a trace.
    return windows(traces)
        .select(SPLIT, ORDINAL, POSITION, NEGATIVE_LOG_LIKELIHOOD, RANK)
        .repartition(col(SPLIT), col(ORDINAL))
        .sortWithinPartitions(SPLIT, ORDINAL, POSITION)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) PredictionSums::new,
            Encoders.row(PredictionSums.SCHEMA));
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
   * visible. So few windows that other queries take a task for each core get no more than that.
   */
  private static int tasks(Dataset<Row> windows) {
    SparkSession spark = windows.sparkSession();
    int cores = spark.sparkContext().defaultParallelism();
    int partitions = spark.sessionState().conf().numShufflePartitions();
    return partitions <= cores
        ? partitions
        : Math.min(TASKS_PER_CORE * cores, TASKS_PER_PARTITION * partitions);
  }
}
