package syscallanomaly.score;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.nio.ByteBuffer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.RandomHash;
import syscallanomaly.window.SequenceContent;

/**
 * The normal traces that detectors are fitted to and calibrated with. Equal traces are one trace
 * with a number of copies.
 *
 * <p>Every trace belongs to a fold. Detectors are calibrated by cross-fitting: a trace is scored by
 * a detector that learned from the other folds only.
 */
public final class NormalTraces implements AutoCloseable {
  /** How many equal traces a row stands for, at least 1: long. */
  public static final String COPIES = "copies";

  /** Fold of a trace, from 0: int. */
  public static final String FOLD = "fold";

  /**
   * Most distinct traces that calibrate. They allow p-values down to .0001, and bound the driver's
   * memory.
   */
  private static final int MOST_CALIBRATING = 10_000;

  private static final RequiredColumns NAMED_TRACES =
      new RequiredColumns(
          "traces", TraceColumns.TRACES.columns().add(TRACE_ID, DataTypes.StringType));

  private final Dataset<Row> traces;
  private final int folds;

  private NormalTraces(Dataset<Row> traces, int folds) {
    this.traces = traces;
    this.folds = folds;
  }

  /**
   * Collects normal traces, with folds under {@link FoldRule#RANDOM}. The workers keep them until
   * {@link #close}.
   *
   * @param training traces with the columns {@link TraceColumns#TRACES} and {@code trace_id}
   * @param folds number of folds, at least 2
   * @param seed seed of the folds
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static NormalTraces of(Dataset<Row> training, int folds, long seed) {
    Dataset<Row> keyed = keyed(training);
    return of(keyed, copies(keyed), random(folds, seed), folds);
  }

  /**
   * Collects normal traces, with folds under {@link FoldRule#BLOCKS}, each with as many distinct
   * traces as the others. The first of equal traces decides. The workers keep the traces until
   * {@link #close}.
   *
   * @param training traces with the columns {@link TraceColumns#TRACES} and {@code trace_id}; their
   *     ordinals follow their names
   * @param folds number of folds, at least 2
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static NormalTraces inBlocks(Dataset<Row> training, int folds) {
    Dataset<Row> keyed = keyed(training);
    Dataset<Row> copies = copies(keyed);
    return of(keyed, copies, block(copies, folds), folds);
  }

  private static NormalTraces of(Dataset<Row> keyed, Dataset<Row> copies, Column fold, int folds) {
    Dataset<Row> traces =
        keyed
            .drop(CONTENT)
            .join(copies, ORDINAL)
            .select(
                col(CONTENT), col(ORDINAL), col(TRACE_ID), col(CALLS), col(COPIES), fold.as(FOLD))
            // On disk, because they grow with the traces, and Spark would give them half of its
            // memory.
            .persist(StorageLevel.DISK_ONLY());
    return new NormalTraces(traces, folds);
  }

  private static Dataset<Row> keyed(Dataset<Row> training) {
    return NAMED_TRACES
        .in(training)
        .select(
            col(ORDINAL), col(TRACE_ID), col(CALLS), SequenceContent.of(col(CALLS)).as(CONTENT));
  }

  /** The key of each distinct trace, the ordinal of the first of its copies, and their number. */
  private static Dataset<Row> copies(Dataset<Row> keyed) {
    // Only the keys are grouped, so many equal traces burden no task with their calls.
    return keyed.groupBy(CONTENT).agg(functions.min(ORDINAL).as(ORDINAL), count(lit(1)).as(COPIES));
  }

  private static Column random(int folds, long seed) {
    UDF1<byte[], Integer> fold =
        key -> RandomHash.below(folds, seed, ByteBuffer.wrap(key).getLong());
    return udf(fold, DataTypes.IntegerType).apply(col(CONTENT));
  }

  /** Only ordinals are sorted, and the driver receives one for each block. */
  private static Column block(Dataset<Row> copies, int folds) {
    JavaRDD<Long> sorted =
        copies.select(ORDINAL).orderBy(ORDINAL).as(ValueEncoders.LONG).javaRDD().cache();
    try {
      long count = sorted.count();
      Column fold = lit(0);
      for (long start :
          sorted
              .zipWithIndex()
              .filter(ranked -> startsBlock(ranked._2(), count, folds))
              .keys()
              .collect()) {
        fold = fold.plus(col(ORDINAL).geq(start).cast(DataTypes.IntegerType));
      }
      return fold;
    } finally {
      sorted.unpersist();
    }
  }

  private static boolean startsBlock(long rank, long count, int folds) {
    return rank > 0 && rank * folds / count > (rank - 1) * folds / count;
  }

  /**
   * The distinct traces. The columns are {@code content} binary, {@code ordinal} long and {@code
   * trace_id} string (those of the first of equal traces), {@code calls} array of int, {@code
   * copies} long and {@code fold} int.
   */
  public Dataset<Row> traces() {
    return traces;
  }

  /**
   * The distinct traces that calibrate: all, or those 10,000 whose keys come first. The columns are
   * those of {@link #traces}. Only keys are sorted, and the driver receives no trace.
   */
  public Dataset<Row> calibrating() {
    return calibrating(MOST_CALIBRATING);
  }

  /**
   * @param most largest number of traces
   */
  Dataset<Row> calibrating(int most) {
    Dataset<Row> chosen = traces.select(CONTENT).orderBy(CONTENT).limit(most);
    return traces.join(broadcast(chosen), new String[] {CONTENT}, "left_semi");
  }

  /** Number of traces, with all copies. */
  public long size() {
    return traces.agg(coalesce(sum(COPIES), lit(0L))).head().getLong(0);
  }

  /** Number of folds. A fold may be empty if there are few traces. */
  public int folds() {
    return folds;
  }

  @Override
  public void close() {
    traces.unpersist();
  }
}
