package syscallanomaly.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import scala.Tuple4;
import syscallanomaly.trace.TraceColumns;

/**
 * Scores a trace with STIDE (sequence time-delay embedding). The score is u / m, if u of the
 * trace's m n-grams occur in no normal trace; repeats count. A trace too short for an n-gram scores
 * 0.
 *
 * <p>Source: Hofmeyr, Forrest and Somayaji: Intrusion detection using sequences of system calls,
 * 1998.
 */
public final class StideDetector implements Detector {
  /** The name of this detector in settings and tables. */
  public static final String NAME = "stide";

  private static final String GRAM = "gram";
  private static final String COUNT = "count";
  private static final String KNOWN = "known";

  /**
   * Most ints in the table of n-grams that a task keeps: 32 MB, or 786,432 n-grams of six calls.
   */
  private static final int TABLE_CELLS = 1 << 23;

  private final Dataset<Row> normal;
  private final Dataset<Row> normalWithoutHeldOut;
  private final int length;
  private final int tableCells;

  /** Makes the detector of a run. */
  StideDetector(DetectorInput input) {
    this(input.training(), input.heldOut(), input.settings().stideLength());
  }

  /**
   * @param normal training traces with the columns {@link TraceColumns#TRACES}
   * @param heldOut the training traces that calibrate the alarm, with the same columns
   * @param length number of calls in an n-gram, at least 2
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public StideDetector(Dataset<Row> normal, Dataset<Row> heldOut, int length) {
    this(normal, heldOut, length, TABLE_CELLS);
  }

  /**
   * @param tableCells most ints in the table of n-grams that a task keeps, see {@link GramCounts}
   */
  StideDetector(Dataset<Row> normal, Dataset<Row> heldOut, int length, int tableCells) {
    this.normal = TraceColumns.TRACES.in(normal);
    TraceColumns.TRACES.in(heldOut);
    this.normalWithoutHeldOut =
        normal.join(
            heldOut.select(ORDINAL),
            normal.col(ORDINAL).equalTo(heldOut.col(ORDINAL)),
            "left_anti");
    this.length = length;
    this.tableCells = tableCells;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    return score(traces, normal);
  }

  @Override
  public Dataset<Row> scoreHeldOut(Dataset<Row> traces) {
    return score(traces, normalWithoutHeldOut);
  }

  private Dataset<Row> score(Dataset<Row> traces, Dataset<Row> known) {
    TraceColumns.TRACES_OF_SPLITS.in(traces);
    Column mismatches = sum(when(col(KNOWN).isNull(), col(COUNT)).otherwise(0));
    Dataset<Row> scores =
        counts(traces)
            .join(database(known), new String[] {GRAM}, "left")
            .groupBy(SPLIT, ORDINAL)
            .agg(mismatches.divide(sum(COUNT)).as(SCORE));
    return traces
        .select(SPLIT, ORDINAL)
        .join(scores, new String[] {SPLIT, ORDINAL}, "left")
        .na()
        .fill(0.0, new String[] {SCORE});
  }

  /** The distinct n-grams of normal traces, with the columns {@code gram} and {@code known}. */
  private Dataset<Row> database(Dataset<Row> traces) {
    int calls = length;
    int cells = tableCells;
    return traces
        .select(CALLS)
        // A task removes the repeats that it meets itself, and the shuffle gets the others. So a
        // core has one task.
        .coalesce(traces.sparkSession().sparkContext().defaultParallelism())
        .as(ints(traces))
        .mapPartitions(
            (MapPartitionsFunction<int[], byte[]>)
                partition -> new GramCounts<>(partition, calls, cells, (gram, count) -> gram),
            Encoders.BINARY())
        .toDF(GRAM)
        .distinct()
        .withColumn(KNOWN, lit(true));
  }

  /**
   * The n-grams of each trace, with the columns {@code split}, {@code ordinal}, {@code gram} and
   * {@code count}. An n-gram of a trace may have several rows.
   */
  private Dataset<Row> counts(Dataset<Row> traces) {
    int calls = length;
    int cells = tableCells;
    return traces
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(Encoders.STRING(), Encoders.LONG(), ints(traces)))
        .flatMap(
            (FlatMapFunction<Tuple3<String, Long, int[]>, Tuple4<String, Long, byte[], Integer>>)
                trace ->
                    new GramCounts<>(
                        List.of(trace._3()).iterator(),
                        calls,
                        cells,
                        (gram, count) -> new Tuple4<>(trace._1(), trace._2(), gram, count)),
            Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoders.BINARY(), Encoders.INT()))
        .toDF(SPLIT, ORDINAL, GRAM, COUNT);
  }

  private static Encoder<int[]> ints(Dataset<Row> traces) {
    return traces.sparkSession().implicits().newIntArrayEncoder();
  }
}
