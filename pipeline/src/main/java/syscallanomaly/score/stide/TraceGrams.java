package syscallanomaly.score.stide;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;
import scala.Tuple4;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.score.GramCounts;

/**
 * The n-grams of traces, counted on Spark.
 *
 * @param length number of calls in an n-gram, at least 2
 * @param tableCells most ints in the table of n-grams that a task keeps, see {@link GramCounts}
 */
record TraceGrams(int length, int tableCells) {
  /** Column of the calls of an n-gram, see {@link GramCounts#gram}: binary. */
  static final String GRAM = "gram";

  /** The columns of {@link #distinct}. */
  static final StructType DISTINCT = new StructType().add(GRAM, DataTypes.BinaryType);

  /** Column of the number of times that an n-gram occurs, at least 1: int. */
  static final String COUNT = "count";

  /** Column of the place of an n-gram's first call in its trace, from 0: int. */
  static final String PLACE = "place";

  /** Ints in the table of a task: 32 MB, or 786,432 n-grams of six calls. */
  private static final int TABLE_CELLS = 1 << 23;

  TraceGrams(int length) {
    this(length, TABLE_CELLS);
  }

  /** The distinct n-grams of all traces together, in the column {@code gram}. */
  Dataset<Row> distinct(Dataset<Row> traces) {
    int calls = length;
    int cells = tableCells;
    return traces
        .select(CALLS)
        // A task removes the repeats that it meets itself, and the shuffle gets the others. So a
        // core has one task.
        .coalesce(traces.sparkSession().sparkContext().defaultParallelism())
        .as(ValueEncoders.INTS)
        .mapPartitions(
            (MapPartitionsFunction<int[], byte[]>)
                partition -> new GramCounts<>(partition, calls, cells, (gram, count) -> gram),
            ValueEncoders.BINARY)
        .toDF(GRAM)
        .distinct();
  }

  /**
   * The n-grams of each trace, with the columns {@code split}, {@code ordinal}, {@code gram} and
   * {@code count}. An n-gram of a trace may have several rows.
   */
  Dataset<Row> counts(Dataset<Row> traces) {
    int calls = length;
    int cells = tableCells;
    return traces
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.INTS))
        .flatMap(
            (FlatMapFunction<Tuple3<String, Long, int[]>, Tuple4<String, Long, byte[], Integer>>)
                trace ->
                    new GramCounts<>(
                        List.of(trace._3()).iterator(),
                        calls,
                        cells,
                        (gram, count) -> new Tuple4<>(trace._1(), trace._2(), gram, count)),
            Encoders.tuple(
                ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.BINARY, ValueEncoders.INT))
        .toDF(SPLIT, ORDINAL, GRAM, COUNT);
  }

  /**
   * The n-grams of each trace where they occur, with the columns {@code split}, {@code ordinal},
   * {@code gram} and {@code place}.
   */
  Dataset<Row> places(Dataset<Row> traces) {
    int calls = length;
    return traces
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.INTS))
        .flatMap(
            (FlatMapFunction<Tuple3<String, Long, int[]>, Tuple4<String, Long, byte[], Integer>>)
                trace ->
                    IntStream.rangeClosed(0, trace._3().length - calls)
                        .mapToObj(
                            place ->
                                new Tuple4<>(
                                    trace._1(),
                                    trace._2(),
                                    GramCounts.gram(trace._3(), place, calls),
                                    place))
                        .iterator(),
            Encoders.tuple(
                ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.BINARY, ValueEncoders.INT))
        .toDF(SPLIT, ORDINAL, GRAM, PLACE);
  }

  /**
   * The share of each trace's n-grams that meet a condition, 0 to 1; 0 for a trace without n-grams.
   *
   * @param traces traces with the columns {@code split} and {@code ordinal}
   * @param counts their n-grams, see {@link #counts}, with the columns that the condition needs
   * @param condition condition on a row of {@code counts}; null counts as not met
   * @param name name of the column with the share
   * @return one row for each trace, with {@code split}, {@code ordinal} and the share
   */
  static Dataset<Row> shares(
      Dataset<Row> traces, Dataset<Row> counts, Column condition, String name) {
    Column met = sum(when(condition, col(COUNT)).otherwise(0));
    Dataset<Row> shares = counts.groupBy(SPLIT, ORDINAL).agg(met.divide(sum(COUNT)).as(name));
    return traces
        .select(SPLIT, ORDINAL)
        .join(shares, new String[] {SPLIT, ORDINAL}, "left")
        .na()
        .fill(0.0, new String[] {name});
  }
}
