package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.NormalTraces.COPIES;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple3;
import scala.Tuple4;
import scala.Tuple5;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.score.NormalTraces;

/**
 * Which calls follow each context in normal traces, and how often. A context of order k is the k
 * calls before a call. Start symbols stand before the first call of each trace.
 */
final class NGramStatistics {
  /** Number of calls and start symbols in the context: int. */
  static final String ORDER = "order";

  /** The context, see {@link syscallanomaly.score.GramCounts#gram}: binary. */
  static final String CONTEXT = "context";

  /** The different calls that follow the context, ascending: array of int. */
  static final String FOLLOWERS = "followers";

  /** How often each of the followers follows the context, at least once: array of long. */
  static final String COUNTS = "counts";

  /** The columns of {@link #of}. */
  static final StructType COLUMNS =
      new StructType()
          .add(ORDER, DataTypes.IntegerType)
          .add(CONTEXT, DataTypes.BinaryType)
          .add(FOLLOWERS, DataTypes.createArrayType(DataTypes.IntegerType))
          .add(COUNTS, DataTypes.createArrayType(DataTypes.LongType));

  private static final String[] COLUMNS_OF_FOLDS = {FOLD, ORDER, CONTEXT, FOLLOWERS, COUNTS};

  /** Number of n-grams that a task counts before it passes the counts on: 32 MB. */
  private static final int NODES_OF_TASK = 3 << 18;

  private NGramStatistics() {}

  /**
   * Counts in all normal traces. The columns are {@link #COLUMNS}; each context has one row.
   *
   * @param orders number of calls in the longest n-gram, at least 2
   */
  static Dataset<Row> of(NormalTraces normal, int orders) {
    return counts(
            normal.traces().withColumn(FOLD, lit(0)),
            orders,
            (context, counted) ->
                List.of(new ContextCounts(context, 1, counted).ofAll()).iterator())
        .toDF(COLUMNS_OF_FOLDS)
        .drop(FOLD);
  }

  /**
   * Counts, for each fold, in the traces of all other folds. The columns are those of {@link #of}
   * and {@code fold}. Contexts of no or one symbol have a row for each fold. Longer ones have a row
   * only for those folds whose own traces hold the context, since no other trace needs it.
   *
   * <p>The workers count once and keep the result on disk until nothing refers to the Dataset any
   * more.
   *
   * @param orders number of calls in the longest n-gram, at least 2
   */
  static Dataset<Row> withoutFolds(NormalTraces normal, int orders) {
    int folds = normal.folds();
    Dataset<Tuple5<Integer, Integer, byte[], int[], long[]>> counts =
        counts(
            normal.traces(),
            orders,
            (context, counted) -> {
              ContextCounts sums = new ContextCounts(context, folds, counted);
              return IntStream.range(0, folds)
                  .filter(fold -> sums.order() <= 1 || sums.isIn(fold))
                  .mapToObj(sums::without)
                  .filter(row -> row._4().length > 0)
                  .iterator();
            });
    // Spark releases a cached RDD by itself. A cached Dataset would stay until someone releases it,
    // and nobody knows when the scores that are made of it have been used.
    JavaRDD<Tuple5<Integer, Integer, byte[], int[], long[]>> kept =
        counts.toJavaRDD().persist(StorageLevel.DISK_ONLY());
    return counts.sparkSession().createDataset(kept.rdd(), counts.encoder()).toDF(COLUMNS_OF_FOLDS);
  }

  private static Dataset<Tuple5<Integer, Integer, byte[], int[], long[]>> counts(
      Dataset<Row> traces,
      int orders,
      FlatMapGroupsFunction<
              byte[],
              Tuple4<Integer, byte[], int[], long[]>,
              Tuple5<Integer, Integer, byte[], int[], long[]>>
          rows) {
    Encoder<Tuple4<Integer, byte[], int[], long[]>> counted =
        Encoders.tuple(
            ValueEncoders.INT, ValueEncoders.BINARY, ValueEncoders.INTS, ValueEncoders.LONGS);
    return traces
        .select(FOLD, COPIES, CALLS)
        .as(Encoders.tuple(ValueEncoders.INT, ValueEncoders.LONG, ValueEncoders.INTS))
        .mapPartitions(
            (MapPartitionsFunction<
                    Tuple3<Integer, Long, int[]>, Tuple4<Integer, byte[], int[], long[]>>)
                partition -> new NGramCounts(partition, orders, NODES_OF_TASK),
            counted)
        .toDF(FOLD, CONTEXT, FOLLOWERS, COUNTS)
        .groupBy(CONTEXT)
        .as(ValueEncoders.BINARY, counted)
        .flatMapGroups(
            rows,
            Encoders.tuple(
                ValueEncoders.INT,
                ValueEncoders.INT,
                ValueEncoders.BINARY,
                ValueEncoders.INTS,
                ValueEncoders.LONGS));
  }
}
