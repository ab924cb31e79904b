package syscallanomaly.score.observed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static syscallanomaly.score.stide.FittedStide.PLACE;
import static syscallanomaly.score.stide.FittedStide.UNSEEN;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.fitted.TraceKey;
import syscallanomaly.score.stide.FittedStide;
import syscallanomaly.trace.call.SystemCalls;

/**
 * The n-grams of a trace that no training trace holds.
 *
 * @param length number of calls in an n-gram
 * @param grams number of n-grams in the trace, repeats counted
 * @param unseen number of those that no training trace holds
 * @param position position in the trace of the first one's first call, from 1; 0 if there is none
 * @param first names of the first one's calls; empty if there is none
 */
public record UnseenGrams(int length, long grams, long unseen, int position, List<String> first) {
  public UnseenGrams {
    first = List.copyOf(first);
  }

  /** The share of unseen n-grams, 0 to 1; NaN for a trace without n-grams. */
  public double share() {
    return (double) unseen / grams;
  }

  /** The n-grams of a trace of known n-grams only. */
  static UnseenGrams none(int length, long calls) {
    return new UnseenGrams(length, grams(length, calls), 0, 0, List.of());
  }

  private static long grams(int length, long calls) {
    return Math.max(0, calls - length + 1);
  }

  /**
   * Finds the unseen n-grams of a few traces. A trace without any is missing in the result.
   *
   * @param traces traces with the columns {@code split}, {@code ordinal} and {@code calls}
   */
  static Map<TraceKey, UnseenGrams> find(
      Dataset<Row> traces, FittedStide stide, SystemCalls names) {
    int length = stide.length();
    return stide
        .unseen(traces)
        .join(traces, new String[] {SPLIT, ORDINAL})
        .select(
            col(SPLIT),
            col(ORDINAL),
            col(UNSEEN),
            col(PLACE),
            size(col(CALLS)).as("length"),
            slice(col(CALLS), col(PLACE).plus(1), lit(length)).as(CALLS))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(TraceKey::of, row -> of(row, length, names)));
  }

  private static UnseenGrams of(Row row, int length, SystemCalls names) {
    return new UnseenGrams(
        length,
        grams(length, row.<Integer>getAs("length")),
        row.<Long>getAs(UNSEEN),
        row.<Integer>getAs(PLACE) + 1,
        row.<Integer>getList(row.fieldIndex(CALLS)).stream().map(names::name).toList());
  }
}
