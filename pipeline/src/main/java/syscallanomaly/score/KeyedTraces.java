package syscallanomaly.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;
import scala.Tuple4;
import syscallanomaly.query.ValueEncoders;

/**
 * Traces with whatever columns tell them from each other, for families of three detectors. So the
 * same code scores test traces and normal traces.
 *
 * <p>Order of use: {@link #of}, {@link #typed}, a method of the Dataset with the encoder {@link
 * #scores}, {@link #table}.
 */
public final class KeyedTraces {
  /** What tells a trace from all others: struct. */
  public static final String KEY = "key";

  private KeyedTraces() {}

  /**
   * Traces with the columns {@link #KEY}, {@code fold} and {@code calls}.
   *
   * @param traces traces with a column {@code calls}
   * @param fold int: the fold that a trace is judged without
   * @param keys columns that tell a trace from all others
   */
  public static Dataset<Row> of(Dataset<Row> traces, Column fold, String... keys) {
    Column[] kept = Arrays.stream(keys).map(functions::col).toArray(Column[]::new);
    return traces.select(struct(kept).as(KEY), fold.as(FOLD), col(CALLS));
  }

  /**
   * The key, the fold and the calls of each trace.
   *
   * @param traces traces as {@link #of} makes them
   */
  public static Dataset<Tuple3<Row, Integer, int[]>> typed(Dataset<Row> traces) {
    return traces.as(Encoders.tuple(key(traces), ValueEncoders.INT, ValueEncoders.INTS));
  }

  /**
   * Encodes keys.
   *
   * @param traces traces as {@link #of} makes them
   */
  public static Encoder<Row> key(Dataset<Row> traces) {
    return Encoders.row((StructType) traces.schema().apply(KEY).dataType());
  }

  /**
   * Encodes the key of a trace and three scores.
   *
   * @param traces traces as {@link #of} makes them
   */
  public static Encoder<Tuple4<Row, Double, Double, Double>> scores(Dataset<Row> traces) {
    return Encoders.tuple(
        key(traces), ValueEncoders.DOUBLE, ValueEncoders.DOUBLE, ValueEncoders.DOUBLE);
  }

  /**
   * A table of scores with the columns of the key and one double for each detector.
   *
   * @param detectors names of the three detectors
   */
  public static Dataset<Row> table(
      Dataset<Tuple4<Row, Double, Double, Double>> scores, List<String> detectors) {
    return scores
        .toDF(KEY, detectors.get(0), detectors.get(1), detectors.get(2))
        .select(KEY + ".*", detectors.toArray(String[]::new));
  }
}
