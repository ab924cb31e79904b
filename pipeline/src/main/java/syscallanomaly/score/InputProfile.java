package syscallanomaly.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.score.NormalTraces.COPIES;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * What traces look like in numbers that do not grow with them, so that later traces can be compared
 * with them. Every copy of a trace counts.
 *
 * @param traces number of traces
 * @param calls how often each system-call number occurs in the traces
 * @param lengths number of traces by length. A key is the smallest length that counts there, and
 *     the next of {@link #lengthBounds} is the first that does not. Lengths without a trace are
 *     left out
 */
public record InputProfile(
    long traces, SortedMap<Integer, Long> calls, SortedMap<Integer, Long> lengths) {
  /** Bounds for each doubling of the length: the next bound is about a fifth larger. */
  private static final int BOUNDS_A_DOUBLING = 4;

  private static final int[] LENGTH_BOUNDS =
      IntStream.range(0, (Integer.SIZE - 1) * BOUNDS_A_DOUBLING)
          .map(i -> (int) Math.pow(2, (double) i / BOUNDS_A_DOUBLING))
          .distinct()
          .toArray();

  public InputProfile {
    calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    lengths = Collections.unmodifiableSortedMap(new TreeMap<>(lengths));
  }

  /** Profiles the traces that detectors are fitted to. The driver receives counts alone. */
  public static InputProfile of(NormalTraces normal) {
    return ofCopies(normal.traces());
  }

  /**
   * Profiles any traces. The driver receives counts alone.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static InputProfile of(Dataset<Row> traces) {
    return ofCopies(TraceColumns.TRACES.in(traces).withColumn(COPIES, lit(1L)));
  }

  private static InputProfile ofCopies(Dataset<Row> traces) {
    UDF1<Integer, Integer> bound = InputProfile::lengthBound;
    SortedMap<Integer, Long> lengths =
        counts(
            traces.select(
                udf(bound, DataTypes.IntegerType).apply(size(col(CALLS))).as("value"),
                col(COPIES)));
    return new InputProfile(
        sum(lengths.values()),
        counts(traces.select(explode(col(CALLS)).as("value"), col(COPIES))),
        lengths);
  }

  /**
   * Share of the calls, every repeat counted, that a vocabulary does not hold: 0 to 1; 0 if there
   * are no calls.
   */
  public double unknownShare(Vocabulary vocabulary) {
    long all = sum(calls.values());
    long known =
        calls.entrySet().stream()
            .filter(call -> vocabulary.holds(call.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return all == 0 ? 0 : (double) (all - known) / all;
  }

  private static long sum(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static SortedMap<Integer, Long> counts(Dataset<Row> values) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    values
        .groupBy("value")
        .agg(functions.sum(COPIES))
        .collectAsList()
        .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
    return counts;
  }

  /**
   * The lengths at which the counts of {@link #lengths} begin, in ascending order: 1, 2, 3, 4, 5,
   * 6, 8, 9, 11, ..., four for each doubling. There are 110 and a few more.
   */
  public static int[] lengthBounds() {
    return LENGTH_BOUNDS.clone();
  }

  /**
   * The largest of {@link #lengthBounds} that is not above a length.
   *
   * @param length number of calls of a trace, at least 1
   */
  static int lengthBound(int length) {
    int found = Arrays.binarySearch(LENGTH_BOUNDS, length);
    return LENGTH_BOUNDS[found >= 0 ? found : -found - 2];
  }
}
