package syscallanomaly.score.fitted;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.score.lstm.CallPredictions.PLACE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.trace.call.SystemCalls;

/** Finds the calls of traces that a language model expected least. */
public final class LeastExpectedCalls {
  private static final int CONTEXT = 4;

  private final FittedLstm lstm;
  private final SystemCalls names;

  public LeastExpectedCalls(FittedLstm lstm, SystemCalls names) {
    this.lstm = lstm;
    this.names = names;
  }

  /**
   * Finds the calls, the least expected one first. The driver receives them and the calls before
   * them, and never a whole trace.
   *
   * @param chosen a few traces, with the columns {@link
   *     syscallanomaly.trace.TraceColumns#TRACES_OF_SPLITS}
   * @param calls most calls to find in each trace
   */
  public Map<TraceKey, List<SurprisingCall>> find(Dataset<Row> chosen, int calls) {
    Dataset<Row> traces = chosen.select(SPLIT, ORDINAL, CALLS);
    WindowSpec byTrace =
        Window.partitionBy(SPLIT, ORDINAL).orderBy(desc(NEGATIVE_LOG_LIKELIHOOD), col(PLACE));
    Column first = greatest(lit(0), col(PLACE).minus(CONTEXT));
    return lstm
        .predictions(traces)
        .withColumn("number", row_number().over(byTrace))
        .where(col("number").leq(calls))
        .join(traces, new String[] {SPLIT, ORDINAL})
        .withColumn(CALLS, slice(col(CALLS), first.plus(1), col(PLACE).minus(first).plus(1)))
        .select(SPLIT, ORDINAL, PLACE, NEGATIVE_LOG_LIKELIHOOD, CALLS)
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                TraceKey::of,
                Collectors.collectingAndThen(
                    Collectors.mapping(this::surprisingCall, Collectors.toList()),
                    LeastExpectedCalls::leastExpectedFirst)));
  }

  private SurprisingCall surprisingCall(Row row) {
    List<Integer> calls = row.getList(4);
    int last = calls.size() - 1;
    return new SurprisingCall(
        row.getInt(2) + 1,
        calls.get(last),
        names.name(calls.get(last)),
        row.<Number>getAs(3).doubleValue(),
        calls.subList(0, last).stream().map(names::name).toList());
  }

  private static List<SurprisingCall> leastExpectedFirst(List<SurprisingCall> calls) {
    calls.sort(
        Comparator.comparingDouble(SurprisingCall::negativeLogLikelihood)
            .reversed()
            .thenComparingInt(SurprisingCall::position));
    return calls;
  }
}
