package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.score.KeyedTraces.KEY;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.score.ngram.NGramStatistics.CONTEXT;
import static syscallanomaly.score.ngram.NGramStatistics.COUNTS;
import static syscallanomaly.score.ngram.NGramStatistics.FOLLOWERS;
import static syscallanomaly.score.ngram.NGramStatistics.ORDER;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple4;
import scala.Tuple5;
import scala.collection.Seq;
import syscallanomaly.score.GramCounts;
import syscallanomaly.score.KeyedTraces;

/**
 * Scores traces with a model of any size: no worker holds more than a part of it.
 *
 * <p>How improbable a call is depends on the longest n-gram that ends with it alone. So each
 * different n-gram of the traces meets the model once, and then the places where it ends.
 */
final class JoinScoring implements NGramScoring {
  private static final String PLACE = "place";
  private static final String LONGEST = "longest";
  private static final String CALL = "call";
  private static final String COUNT = "count";
  private static final String TOTAL = "total";
  private static final String SIZE = "size";
  private static final String MEASURES = "measures";

  /** The order of the continuation counts, which do not depend on a context. */
  private static final int CONTINUATIONS = -1;

  /** Most ints in the table of n-grams that a task keeps of one trace: 16 MB. */
  private static final int CELLS_OF_TRACE = 1 << 22;

  private final NGramModel model;

  JoinScoring(NGramModel model) {
    this.model = model;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    NGramSettings settings = model.manifest().settings();
    Encoder<Row> key = KeyedTraces.key(traces);
    return KeyedTraces.table(
        ends(traces)
            .join(measures(traces), new String[] {FOLD, LONGEST})
            .select(KEY, PLACE, MEASURES)
            .as(
                Encoders.tuple(
                    key, Encoders.INT(), traces.sparkSession().implicits().newDoubleArrayEncoder()))
            .groupByKey((MapFunction<Tuple3<Row, Integer, double[]>, Row>) Tuple3::_1, key)
            .flatMapSortedGroups(
                new Column[] {col(PLACE)},
                (FlatMapGroupsFunction<
                        Row, Tuple3<Row, Integer, double[]>, Tuple4<Row, Double, Double, Double>>)
                    (trace, calls) -> {
                      TraceScores scores = new TraceScores(settings);
                      calls.forEachRemaining(call -> scores.add(call._3()[0], call._3()[1]));
                      return List.of(scores.of(trace)).iterator();
                    },
                KeyedTraces.scores(traces)),
        NGramFamily.DETECTORS);
  }

  /** The longest n-gram that ends at each place of each trace. */
  private Dataset<Row> ends(Dataset<Row> traces) {
    int orders = model.manifest().settings().orders();
    return KeyedTraces.typed(traces)
        .flatMap(
            (FlatMapFunction<Tuple3<Row, Integer, int[]>, Tuple4<Row, Integer, Integer, byte[]>>)
                trace -> {
                  int[] padded = GramBytes.padded(trace._3(), orders);
                  return IntStream.range(0, trace._3().length)
                      .mapToObj(
                          place ->
                              new Tuple4<>(
                                  trace._1(),
                                  trace._2(),
                                  place,
                                  GramCounts.gram(padded, place, orders)))
                      .iterator();
                },
            Encoders.tuple(
                KeyedTraces.key(traces), Encoders.INT(), Encoders.INT(), Encoders.BINARY()))
        .toDF(KEY, FOLD, PLACE, LONGEST);
  }

  /**
   * The lowest loss and the ratio of a call at the end of each different longest n-gram of traces,
   * see {@link CallLikelihood}.
   */
  private Dataset<Row> measures(Dataset<Row> traces) {
    NGramManifest manifest = model.manifest();
    UDF1<Seq<Row>, double[]> measures = found -> measures(found, manifest);
    // All n-grams share the context of order 0. Spark's adaptive execution splits such a large
    // share of a join.
    return orders(traces)
        .join(contexts(), new String[] {FOLD, ORDER, CONTEXT})
        .withColumn(COUNT, expr("get(counts, int(array_position(followers, call)) - 1)"))
        .groupBy(FOLD, LONGEST)
        .agg(
            collect_list(struct(col(ORDER), coalesce(col(COUNT), lit(0L)), col(TOTAL), col(SIZE)))
                .as(MEASURES))
        .withColumn(
            MEASURES,
            udf(measures, DataTypes.createArrayType(DataTypes.DoubleType, false))
                .apply(col(MEASURES)));
  }

  /**
   * The context of each order before the last call of each different longest n-gram of traces, and
   * that call. {@link #CONTINUATIONS} counts as an order.
   */
  private Dataset<Row> orders(Dataset<Row> traces) {
    int orders = model.manifest().settings().orders();
    return longest(traces)
        .as(Encoders.tuple(Encoders.INT(), Encoders.BINARY()))
        .flatMap(
            (FlatMapFunction<
                    Tuple2<Integer, byte[]>, Tuple5<Integer, byte[], Integer, byte[], Integer>>)
                longest -> {
                  int[] symbols = GramBytes.symbols(longest._2());
                  int last = orders - 1;
                  return IntStream.range(CONTINUATIONS, orders)
                      .mapToObj(
                          order -> {
                            int length = Math.max(order, 0);
                            return new Tuple5<>(
                                longest._1(),
                                longest._2(),
                                order,
                                GramCounts.gram(symbols, last - length, length),
                                symbols[last]);
                          })
                      .iterator();
                },
            Encoders.tuple(
                Encoders.INT(),
                Encoders.BINARY(),
                Encoders.INT(),
                Encoders.BINARY(),
                Encoders.INT()))
        .toDF(FOLD, LONGEST, ORDER, CONTEXT, CALL);
  }

  /** The different longest n-grams of traces. */
  private Dataset<Row> longest(Dataset<Row> traces) {
    int orders = model.manifest().settings().orders();
    return KeyedTraces.typed(traces)
        .flatMap(
            (FlatMapFunction<Tuple3<Row, Integer, int[]>, Tuple2<Integer, byte[]>>)
                trace ->
                    new GramCounts<>(
                        List.of(GramBytes.padded(trace._3(), orders)).iterator(),
                        orders,
                        CELLS_OF_TRACE,
                        (gram, count) -> new Tuple2<>(trace._2(), gram)),
            Encoders.tuple(Encoders.INT(), Encoders.BINARY()))
        .toDF(FOLD, LONGEST)
        .distinct();
  }

  /** The statistics, and the continuation counts as if they were those of one more context. */
  private Dataset<Row> contexts() {
    Dataset<Row> continuations =
        model
            .statistics()
            .where(col(ORDER).equalTo(1))
            .select(col(FOLD), explode(col(FOLLOWERS)).as(CALL))
            .groupBy(FOLD, CALL)
            .agg(count(lit(1)).as(COUNT))
            .groupBy(FOLD)
            .agg(collect_list(struct(CALL, COUNT)).as(FOLLOWERS))
            .select(
                col(FOLD),
                lit(CONTINUATIONS).as(ORDER),
                lit(new byte[0]).as(CONTEXT),
                col(FOLLOWERS).getField(CALL).as(FOLLOWERS),
                col(FOLLOWERS).getField(COUNT).as(COUNTS));
    return model
        .statistics()
        .unionByName(continuations)
        .withColumn(TOTAL, expr("aggregate(counts, 0L, (sum, count) -> sum + count)"))
        .withColumn(SIZE, size(col(FOLLOWERS)).cast(DataTypes.LongType));
  }

  private static double[] measures(Seq<Row> found, NGramManifest manifest) {
    int orders = manifest.settings().orders();
    long[] counts = new long[orders + 1];
    long[] totals = new long[orders + 1];
    long[] sizes = new long[orders + 1];
    scala.collection.Iterator<Row> rows = found.iterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int i = row.getInt(0) - CONTINUATIONS;
      counts[i] = row.getLong(1);
      totals[i] = row.getLong(2);
      sizes[i] = row.getLong(3);
    }
    CallLikelihood likelihood = manifest.likelihood();
    likelihood.begin(counts[0], totals[0]);
    for (int i = 1; i <= orders && totals[i] > 0; i++) {
      likelihood.order(counts[i], totals[i], sizes[i]);
    }
    return new double[] {likelihood.lowestLoss(), likelihood.ratio()};
  }

  @Override
  public void close() {
    // The workers keep nothing.
  }
}
