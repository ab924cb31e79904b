package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
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
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple3;
import scala.Tuple4;
import scala.Tuple5;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.score.KeyedTraces;

/**
 * Scores traces with a model of any size: no worker holds more than a part of it.
 *
 * <p>All contexts of a call end with the same calls. So contexts and calls are shared out by the
 * last {@value KnownContexts#SHORTEST} symbols before the call, and sorted by the reversed context.
 * One pass then meets each call right after its contexts. Shorter contexts are few; every worker
 * has them.
 */
final class JoinScoring implements NGramScoring {
  private static final String REVERSED = "reversed";
  private static final String PLACE = "place";
  private static final String CALL = "call";

  /** The place of a context. It sorts before the places of calls. */
  private static final int CONTEXT_PLACE = -1;

  private final NGramModel model;
  private final Broadcast<NGramTrie> shortContexts;

  JoinScoring(NGramModel model) {
    this.model = model;
    this.shortContexts = model.ofShortContexts().shared();
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    NGramSettings settings = model.manifest().settings();
    Encoder<Row> key = KeyedTraces.key(traces);
    return KeyedTraces.table(
        measures(traces)
            .groupByKey((MapFunction<Tuple4<Row, Integer, Double, Double>, Row>) Tuple4::_1, key)
            .flatMapSortedGroups(
                new Column[] {col("_2")},
                (FlatMapGroupsFunction<
                        Row,
                        Tuple4<Row, Integer, Double, Double>,
                        Tuple4<Row, Double, Double, Double>>)
                    (trace, calls) -> {
                      TraceScores scores = new TraceScores(settings);
                      calls.forEachRemaining(call -> scores.add(call._3(), call._4()));
                      return List.of(scores.of(trace)).iterator();
                    },
                KeyedTraces.scores(traces)),
        NGramFamily.DETECTORS);
  }

  /** Trace, place, lowest loss and ratio of each call, see {@link CallLikelihood}. */
  private Dataset<Tuple4<Row, Integer, Double, Double>> measures(Dataset<Row> traces) {
    Broadcast<NGramTrie> shared = shortContexts;
    NGramManifest manifest = model.manifest();
    Encoder<Row> key = KeyedTraces.key(traces);
    UDF1<byte[], byte[]> ending = reversed -> GramBytes.head(reversed, KnownContexts.SHORTEST);
    return calls(traces)
        .unionByName(contexts(traces))
        .repartition(col(FOLD), udf(ending, DataTypes.BinaryType).apply(col(REVERSED)))
        .sortWithinPartitions(col(FOLD), col(REVERSED), col(PLACE))
        .select(FOLD, REVERSED, PLACE, CALL, KEY, FOLLOWERS, COUNTS)
        .mapPartitions(
            (MapPartitionsFunction<Row, Tuple4<Row, Integer, Double, Double>>)
                rows -> new CallMeasures(rows, shared.value(), manifest.likelihood()),
            Encoders.tuple(key, ValueEncoders.INT, ValueEncoders.DOUBLE, ValueEncoders.DOUBLE));
  }

  /** Each call of each trace, with its longest context. */
  private Dataset<Row> calls(Dataset<Row> traces) {
    int orders = model.manifest().settings().orders();
    return KeyedTraces.typed(traces)
        .flatMap(
            (FlatMapFunction<
                    Tuple3<Row, Integer, int[]>, Tuple5<Row, Integer, byte[], Integer, Integer>>)
                trace -> {
                  int[] padded = GramBytes.padded(trace._3(), orders);
                  int[] longest = new int[orders - 1];
                  return IntStream.range(0, trace._3().length)
                      .mapToObj(
                          place -> {
                            System.arraycopy(padded, place, longest, 0, longest.length);
                            return new Tuple5<>(
                                trace._1(),
                                trace._2(),
                                GramBytes.reversed(longest),
                                place,
                                trace._3()[place]);
                          })
                      .iterator();
                },
            Encoders.tuple(
                KeyedTraces.key(traces),
                ValueEncoders.INT,
                ValueEncoders.BINARY,
                ValueEncoders.INT,
                ValueEncoders.INT))
        .toDF(KEY, FOLD, REVERSED, PLACE, CALL)
        .withColumn(FOLLOWERS, none(FOLLOWERS))
        .withColumn(COUNTS, none(COUNTS));
  }

  /** The contexts that not every worker has. */
  private Dataset<Row> contexts(Dataset<Row> traces) {
    UDF1<byte[], byte[]> reversed = context -> GramBytes.reversed(GramBytes.symbols(context));
    return model
        .statistics()
        .where(col(ORDER).geq(KnownContexts.SHORTEST))
        .select(
            lit(null).cast(traces.schema().apply(KEY).dataType()).as(KEY),
            col(FOLD),
            udf(reversed, DataTypes.BinaryType).apply(col(CONTEXT)).as(REVERSED),
            lit(CONTEXT_PLACE).as(PLACE),
            lit(0).as(CALL),
            col(FOLLOWERS),
            col(COUNTS));
  }

  private Column none(String column) {
    DataType type = model.statistics().schema().apply(column).dataType();
    return lit(null).cast(type);
  }

  @Override
  public void close() {
    shortContexts.destroy();
  }
}
