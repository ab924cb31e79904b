package syscallanomaly.window;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.vocabulary.Vocabulary;

/** Counts the traces, calls and windows of a split. */
public final class DataProfiler {
  private final Vocabulary vocabulary;
  private final WindowCutter cutter;

  public DataProfiler(Vocabulary vocabulary, WindowCutter cutter) {
    this.vocabulary = vocabulary;
    this.cutter = cutter;
  }

  /**
   * Profiles a split. Traces and calls are counted over all its traces, and windows over the traces
   * within {@link WindowSettings#limit()}.
   *
   * <p>Windows are told apart by a hash. The number of distinct ones is exact unless there are
   * billions, see {@link WindowCount}.
   *
   * @param split split of the traces
   * @param traces all accepted traces of the split, with the columns {@link TraceColumns#TRACES}
   * @param rejected number of files and traces of the split that cannot be used
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public DataProfile profile(Split split, Dataset<Row> traces, long rejected) {
    TraceColumns.TRACES.in(traces);
    Row lengths =
        traces
            .select(size(col(CALLS)).as("length"), array_max(col(CALLS)).as("largest"))
            .agg(
                count(lit(1)),
                coalesce(sum("length"), lit(0L)),
                coalesce(max("largest"), lit(0)),
                coalesce(min("length"), lit(0)),
                coalesce(expr("percentile_approx(length, 0.5, 1000000)"), lit(0)),
                coalesce(max("length"), lit(0)))
            .head();
    // One row for each distinct system call: there are a few hundred.
    List<Row> calls =
        traces.select(explode(col(CALLS)).as("call")).groupBy("call").count().collectAsList();
    long unknown =
        calls.stream()
            .filter(row -> !vocabulary.holds(row.getInt(0)))
            .mapToLong(row -> row.getLong(1))
            .sum();
    WindowCount windows = windows(cutter.withinLimit(traces));
    return new DataProfile(
        split,
        lengths.getLong(0),
        rejected,
        lengths.getLong(1),
        calls.size(),
        lengths.getInt(2),
        lengths.getInt(3),
        lengths.getInt(4),
        lengths.getInt(5),
        windows.windows(),
        windows.distinct(),
        unknown);
  }

  private WindowCount windows(Dataset<Row> traces) {
    return WindowCount.of(
        traces.select(CALLS).as(traces.sparkSession().implicits().newIntArrayEncoder()).javaRDD(),
        cutter.windowLength(),
        vocabulary,
        traces.sparkSession().sessionState().conf().numShufflePartitions());
  }
}
