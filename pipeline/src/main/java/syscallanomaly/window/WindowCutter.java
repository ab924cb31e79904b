package syscallanomaly.window;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.Arrays;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple4;
import scala.collection.Seq;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Cuts traces into n-gram windows of vocabulary indices on Spark. Consecutive windows start one
 * call apart (stride 1).
 */
public final class WindowCutter {
  /**
   * Place of a window in its split: trace ordinal times 2^32 plus position in the trace. The type
   * is long.
   */
  public static final String INDEX = "index";

  /** Calls of a window as vocabulary indices, oldest first: array of int. */
  public static final String WINDOW = "window";

  /** Position in its trace at which a window begins, from 0: int. */
  public static final String POSITION = "position";

  private final Vocabulary vocabulary;
  private final WindowSettings settings;

  public WindowCutter(Vocabulary vocabulary, WindowSettings settings) {
    this.vocabulary = vocabulary;
    this.settings = settings;
  }

  /**
   * Keeps the first traces, up to and including the trace whose windows exceed {@link
   * WindowSettings#limit()}. A limit of 0 keeps all traces.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> withinLimit(Dataset<Row> traces) {
    TraceColumns.TRACES.in(traces);
    if (settings.limit() == 0) {
      return traces;
    }
    return new CumulativeWindows(counted(traces))
        .traceHolding(settings.limit())
        .map(last -> traces.where(col(ORDINAL).leq(last.ordinal())))
        .orElse(traces);
  }

  /**
   * Cuts every trace into its windows. The columns are {@code index} long, {@code ordinal} long,
   * {@code position} int, and {@code window}, an array of {@link WindowSettings#length()} ints. A
   * trace shorter than a window gives none.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> cut(Dataset<Row> traces) {
    Vocabulary shared = vocabulary;
    int length = settings.length();
    return TraceColumns.TRACES
        .in(traces)
        .select(col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(ValueEncoders.LONG, ValueEncoders.INTS))
        .flatMap(
            (FlatMapFunction<Tuple2<Long, int[]>, Tuple4<Long, Long, Integer, int[]>>)
                trace -> {
                  long ordinal = trace._1();
                  return TraceWindows.each(
                      indices(trace._2(), shared),
                      length,
                      (position, window) ->
                          new Tuple4<>((ordinal << 32) + position, ordinal, position, window));
                },
            Encoders.tuple(
                ValueEncoders.LONG, ValueEncoders.LONG, ValueEncoders.INT, ValueEncoders.INTS))
        .toDF(INDEX, ORDINAL, POSITION, WINDOW);
  }

  /**
   * Turns every trace into one sequence. The result has the columns of {@code traces}, with {@code
   * index} long and {@code sequence} in place of {@code calls}.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> wholeTraces(Dataset<Row> traces) {
    return TraceColumns.TRACES
        .in(traces)
        .withColumn(INDEX, shiftleft(col(ORDINAL), 32))
        .withColumn(TrainingSequences.SEQUENCE, toIndices(col(CALLS)))
        .drop(CALLS);
  }

  /**
   * Cuts every trace into its windows for scoring. The columns are {@code split}, {@code ordinal},
   * {@code position} and {@code window}. A trace shorter than a window gives one window for each of
   * its calls, padded on the left. Padded windows have negative positions.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES_OF_SPLITS}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> cutPadded(Dataset<Row> traces) {
    Vocabulary shared = vocabulary;
    int length = settings.length();
    return TraceColumns.TRACES_OF_SPLITS
        .in(traces)
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.INTS))
        .flatMap(
            (FlatMapFunction<Tuple3<String, Long, int[]>, Tuple4<String, Long, Integer, int[]>>)
                trace -> {
                  int[] indices = indices(trace._3(), shared);
                  int padding = indices.length < length ? length - 1 : 0;
                  return TraceWindows.each(
                      padded(indices, padding),
                      length,
                      (position, window) ->
                          new Tuple4<>(trace._1(), trace._2(), position - padding, window));
                },
            Encoders.tuple(
                ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.INT, ValueEncoders.INTS))
        .toDF(SPLIT, ORDINAL, POSITION, WINDOW);
  }

  /** Puts {@link Vocabulary#UNKNOWN} before the first index, a number of times. */
  private static int[] padded(int[] indices, int padding) {
    int[] padded = new int[padding + indices.length];
    Arrays.fill(padded, 0, padding, Vocabulary.UNKNOWN);
    System.arraycopy(indices, 0, padded, padding, indices.length);
    return padded;
  }

  private static int[] indices(int[] calls, Vocabulary vocabulary) {
    return Arrays.stream(calls).map(vocabulary::indexOf).toArray();
  }

  /** Number of calls in a window, with the predicted call included. */
  public int windowLength() {
    return settings.length();
  }

  /**
   * Number of traces that are shorter than a window.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public long shorterThanAWindow(Dataset<Row> traces) {
    return TraceColumns.TRACES.in(traces).where(size(col(CALLS)).lt(settings.length())).count();
  }

  /**
   * Counts the windows of each trace. The columns are {@code ordinal} long and {@code windows}
   * long.
   */
  Dataset<Row> counted(Dataset<Row> traces) {
    return traces.select(
        col(ORDINAL),
        greatest(lit(0), size(col(CALLS)).minus(settings.length() - 1))
            .cast(DataTypes.LongType)
            .as("windows"));
  }

  private Column toIndices(Column calls) {
    Vocabulary shared = vocabulary;
    UDF1<Seq<Integer>, int[]> mapping =
        trace -> {
          int[] indices = new int[trace.length()];
          for (int i = 0; i < indices.length; i++) {
            indices[i] = shared.indexOf(trace.apply(i));
          }
          return indices;
        };
    return udf(mapping, DataTypes.createArrayType(DataTypes.IntegerType, false)).apply(calls);
  }
}
