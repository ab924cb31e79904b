package syscallanomaly.window;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.query.SideBySide;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.vocabulary.Vocabulary;

/** Counts the traces, calls and windows of splits. */
public final class DataProfiler {
  private static final String NUMBER = "number";
  private static final String CALL = "call";
  private static final String COUNT = "count";

  private final Vocabulary vocabulary;
  private final WindowCutter cutter;

  public DataProfiler(Vocabulary vocabulary, WindowCutter cutter) {
    this.vocabulary = vocabulary;
    this.cutter = cutter;
  }

  /**
   * Profiles one split, as {@link #profile(Map, Map)} does with several.
   *
   * @param traces all accepted traces of the split, with the columns {@link TraceColumns#TRACES}
   * @param rejected number of files and traces of the split that cannot be used
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public DataProfile profile(Split split, Dataset<Row> traces, long rejected) {
    return profile(Map.of(split, traces), Map.of(split, rejected)).get(0);
  }

  /**
   * Profiles splits. Traces and calls are counted over all traces of a split, and windows over the
   * traces within {@link WindowSettings#limit()}. All splits are counted in the same three queries.
   *
   * <p>Windows are told apart by a hash. The number of distinct ones is exact unless there are
   * billions, see {@link WindowCount}.
   *
   * @param traces all accepted traces of each split, with the columns {@link TraceColumns#TRACES}
   * @param rejected number of files and traces of each split that cannot be used
   * @return one profile for each split, in the order of {@link Split}
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public List<DataProfile> profile(Map<Split, Dataset<Row>> traces, Map<Split, Long> rejected) {
    List<Split> splits = traces.keySet().stream().sorted().toList();
    if (splits.isEmpty()) {
      return List.of();
    }
    try (SideBySide queries = new SideBySide()) {
      Supplier<Map<Integer, Row>> lengths = queries.start(() -> lengths(numbered(splits, traces)));
      Supplier<Map<Integer, List<Row>>> calls =
          queries.start(() -> calls(numbered(splits, traces)));
      Supplier<List<WindowCount>> windows = queries.start(() -> windows(splits, traces));
      List<DataProfile> profiles = new ArrayList<>();
      for (int i = 0; i < splits.size(); i++) {
        Split split = splits.get(i);
        List<Row> ofSplit = calls.get().getOrDefault(i, List.of());
        profiles.add(
            profile(
                split, rejected.get(split), lengths.get().get(i), ofSplit, windows.get().get(i)));
      }
      return profiles;
    }
  }

  private DataProfile profile(
      Split split, long rejected, Row lengths, List<Row> calls, WindowCount windows) {
    boolean empty = lengths == null;
    long unknown =
        calls.stream()
            .filter(row -> !vocabulary.holds(row.getAs(CALL)))
            .mapToLong(row -> row.getAs(COUNT))
            .sum();
    return new DataProfile(
        split,
        empty ? 0 : lengths.getAs(COUNT),
        rejected,
        calls.stream().mapToLong(row -> row.getAs(COUNT)).sum(),
        calls.size(),
        calls.stream().mapToInt(row -> row.getAs(CALL)).max().orElse(0),
        empty ? 0 : lengths.getAs("shortest"),
        empty ? 0 : lengths.getAs("median"),
        empty ? 0 : lengths.getAs("longest"),
        windows.windows(),
        windows.distinct(),
        unknown);
  }

  /** One row for each split that has traces. */
  private static Map<Integer, Row> lengths(Dataset<Row> numbered) {
    return numbered
        .select(col(NUMBER), size(col(CALLS)).as("length"))
        .groupBy(NUMBER)
        .agg(
            count(lit(1)).as(COUNT),
            min("length").as("shortest"),
            expr("percentile_approx(length, 0.5, 1000000)").as("median"),
            max("length").as("longest"))
        .collectAsList()
        .stream()
        .collect(toMap(row -> row.getAs(NUMBER), row -> row));
  }

  /** One row for each distinct system call of a split. There are a few hundred. */
  private static Map<Integer, List<Row>> calls(Dataset<Row> numbered) {
    return numbered
        .select(col(NUMBER), explode(col(CALLS)).as(CALL))
        .groupBy(NUMBER, CALL)
        .agg(count(lit(1)).as(COUNT))
        .collectAsList()
        .stream()
        .collect(groupingBy(row -> row.getAs(NUMBER)));
  }

  private List<WindowCount> windows(List<Split> splits, Map<Split, Dataset<Row>> traces) {
    Map<Split, Dataset<Row>> within = new EnumMap<>(Split.class);
    traces.forEach((split, all) -> within.put(split, cutter.withinLimit(all)));
    Dataset<Row> numbered = numbered(splits, within);
    SparkSession spark = numbered.sparkSession();
    return WindowCount.of(
        numbered.as(Encoders.tuple(ValueEncoders.INT, ValueEncoders.INTS)).javaRDD(),
        splits.size(),
        cutter.windowLength(),
        vocabulary,
        spark.sessionState().conf().numShufflePartitions());
  }

  /** The calls of all traces, each with the number of its split. */
  private static Dataset<Row> numbered(List<Split> splits, Map<Split, Dataset<Row>> traces) {
    Dataset<Row> all = null;
    for (int i = 0; i < splits.size(); i++) {
      Dataset<Row> ofSplit =
          TraceColumns.TRACES.in(traces.get(splits.get(i))).select(lit(i).as(NUMBER), col(CALLS));
      all = all == null ? ofSplit : all.union(ofSplit);
    }
    return all;
  }
}
