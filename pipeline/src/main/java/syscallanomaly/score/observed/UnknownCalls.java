package syscallanomaly.score.observed;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.score.fitted.TraceKey;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * The system calls of a trace that the vocabulary does not hold.
 *
 * @param calls number of such calls in the trace, repeats counted
 * @param distinct number of different ones
 * @param mostFrequent some of the different ones, the most frequent first
 */
public record UnknownCalls(long calls, long distinct, List<UnknownCall> mostFrequent) {
  static final UnknownCalls NONE = new UnknownCalls(0, 0, List.of());

  private static final String CALL = "call";
  private static final String COUNT = "count";
  private static final String PLACE = "place";

  public UnknownCalls {
    mostFrequent = List.copyOf(mostFrequent);
  }

  /**
   * Finds the unknown calls of a few traces. A trace without any is missing in the result.
   *
   * @param traces traces with the columns {@code split}, {@code ordinal} and {@code calls}
   * @param most largest length of {@link #mostFrequent}
   */
  static Map<TraceKey, UnknownCalls> find(
      Dataset<Row> traces, Vocabulary vocabulary, SystemCalls names, int most) {
    UDF1<Integer, Boolean> holds = vocabulary::holds;
    WindowSpec trace = Window.partitionBy(SPLIT, ORDINAL);
    return traces
        .select(col(SPLIT), col(ORDINAL), posexplode(col(CALLS)).as(new String[] {PLACE, CALL}))
        .where(not(udf(holds, DataTypes.BooleanType).apply(col(CALL))))
        .groupBy(SPLIT, ORDINAL, CALL)
        .agg(count(lit(1)).as(COUNT), min(PLACE).as(PLACE))
        .withColumn("calls", sum(COUNT).over(trace))
        .withColumn("distinct", count(lit(1)).over(trace))
        .withColumn("rank", row_number().over(trace.orderBy(desc(COUNT), asc(CALL))))
        .where(col("rank").leq(most))
        .orderBy("rank")
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                TraceKey::of,
                Collectors.collectingAndThen(Collectors.toList(), rows -> of(rows, names))));
  }

  private static UnknownCalls of(List<Row> rows, SystemCalls names) {
    Row first = rows.get(0);
    return new UnknownCalls(
        first.<Long>getAs("calls"),
        first.<Long>getAs("distinct"),
        rows.stream()
            .map(
                row ->
                    new UnknownCall(
                        row.<Integer>getAs(CALL),
                        names.name(row.<Integer>getAs(CALL)),
                        row.<Long>getAs(COUNT),
                        row.<Integer>getAs(PLACE) + 1))
            .toList());
  }
}
