package syscallanomaly.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.TraceWindows;

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
  private static final String KNOWN = "known";

  private final Dataset<Row> normal;
  private final Dataset<Row> normalWithoutHeldOut;
  private final int length;

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
    this.normal = TraceColumns.TRACES.in(normal);
    TraceColumns.TRACES.in(heldOut);
    this.normalWithoutHeldOut =
        normal.join(
            heldOut.select(ORDINAL),
            normal.col(ORDINAL).equalTo(heldOut.col(ORDINAL)),
            "left_anti");
    this.length = length;
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
    Dataset<Row> database =
        grams(known.withColumn(SPLIT, lit(Split.TRAINING.label())))
            .select(GRAM)
            .distinct()
            .withColumn(KNOWN, lit(true));
    Column mismatch = when(col(KNOWN).isNull(), 1.0).otherwise(0.0);
    Dataset<Row> mismatches =
        grams(traces)
            .join(database, new String[] {GRAM}, "left")
            .groupBy(SPLIT, ORDINAL)
            .agg(avg(mismatch).as(SCORE));
    return traces
        .select(SPLIT, ORDINAL)
        .join(mismatches, new String[] {SPLIT, ORDINAL}, "left")
        .na()
        .fill(0.0, new String[] {SCORE});
  }

  /**
   * The n-grams of each trace, with the columns {@code split}, {@code ordinal} and {@code gram}.
   */
  private Dataset<Row> grams(Dataset<Row> traces) {
    Encoder<int[]> ints = traces.sparkSession().implicits().newIntArrayEncoder();
    int calls = length;
    return traces
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(Encoders.STRING(), Encoders.LONG(), ints))
        .flatMap(
            (FlatMapFunction<Tuple3<String, Long, int[]>, Tuple3<String, Long, int[]>>)
                trace ->
                    TraceWindows.each(
                        trace._3(),
                        calls,
                        (position, gram) -> new Tuple3<>(trace._1(), trace._2(), gram)),
            Encoders.tuple(Encoders.STRING(), Encoders.LONG(), ints))
        .toDF(SPLIT, ORDINAL, GRAM);
  }
}
