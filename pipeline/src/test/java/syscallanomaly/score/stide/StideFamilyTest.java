package syscallanomaly.score.stide;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Traces.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.TestTraces;
import syscallanomaly.trace.Split;

@ExtendWith(SparkExtension.class)
class StideFamilyTest {
  private static final int LENGTH = 3;
  private static final int FOLDS = 3;
  private static final long SEED = 1;

  private static Dataset<Row> tests(SparkSession spark, int[]... traces) {
    return TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
  }

  private static Map<Long, Double> byOrdinal(Dataset<Row> scores) {
    return scores.select("ordinal", "stide").collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getLong(0), row -> row.getDouble(1)));
  }

  /** The scores of the definition: the share of n-grams that no normal trace holds. */
  private static Map<Long, Double> naive(int[][] normal, int[][] tests) {
    Set<List<Integer>> known = new HashSet<>();
    for (int[] trace : normal) {
      known.addAll(grams(trace));
    }
    Map<Long, Double> scores = new HashMap<>();
    for (int i = 0; i < tests.length; i++) {
      List<List<Integer>> grams = grams(tests[i]);
      long unknown = grams.stream().filter(gram -> !known.contains(gram)).count();
      scores.put((long) i, grams.isEmpty() ? 0 : (double) unknown / grams.size());
    }
    return scores;
  }

  private static List<List<Integer>> grams(int[] trace) {
    return IntStream.rangeClosed(0, trace.length - LENGTH)
        .mapToObj(i -> IntStream.range(i, i + LENGTH).mapToObj(k -> trace[k]).toList())
        .toList();
  }

  private static int[][] random(long seed, int traces, int length) {
    Random random = new Random(seed);
    int[][] made = new int[traces][];
    for (int i = 0; i < traces; i++) {
      made[i] = random.ints(length, 0, 12).toArray();
    }
    return made;
  }

  /** Scores tests with STIDE fitted to normal traces. */
  private static Map<Long, Double> scores(
      SparkSession spark, TraceGrams grams, int[][] normal, int[]... tests) throws IOException {
    Path folder = new Path(Files.createTempDirectory("stide").toUri());
    try (NormalTraces traces = NormalTraces.of(Traces.of(spark, normal), FOLDS, SEED);
        FittedFamily fitted = new StideFamily(spark, grams).fit(traces, folder);
        FittedFamily loaded = StideFamily.load(spark, folder)) {
      Map<Long, Double> scores = byOrdinal(fitted.score(tests(spark, tests)));
      assertThat(byOrdinal(loaded.score(tests(spark, tests)))).as("as loaded").isEqualTo(scores);
      return scores;
    }
  }

  @Test
  void scoresAreTheSameWhenTablesAreFullManyTimes(SparkSession spark) throws IOException {
    int[][] normal = random(1, 8, 300);
    int[][] tests = random(2, 5, 400);
    Map<Long, Double> expected = naive(normal, tests);

    // Four slots take three of the 1,728 different 3-grams.
    for (int tableCells : new int[] {0, 64 * (LENGTH + 1), 1 << 20}) {
      assertThat(scores(spark, new TraceGrams(LENGTH, tableCells), normal, tests))
          .as("%d ints", tableCells)
          .isEqualTo(expected);
    }
    assertThat(expected.values()).as("some are known, some not").doesNotContain(0.0, 1.0);
  }

  @Test
  void callsCountInFull(SparkSession spark) throws IOException {
    int large = Integer.MAX_VALUE;

    assertThat(
            scores(
                spark,
                new TraceGrams(2),
                new int[][] {calls(1, large, 2, 1 << 30, 128, 1)},
                calls(1, large, 2, 1 << 30, 128, 1),
                calls(1, large - 1),
                calls(1, -1, 2),
                calls(large, 2, 0, 128, 1),
                calls(129, 1)))
        .isEqualTo(Map.of(0L, 0.0, 1L, 1.0, 2L, 1.0, 3L, 0.5, 4L, 1.0));
  }

  @Property(tries = 6)
  void scoresAreThoseOfTheDefinition(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 60) List<@IntRange(max = 3) Integer>> normal,
      @ForAll @Size(min = 1, max = 6)
          List<@Size(min = 1, max = 60) List<@IntRange(max = 3) Integer>> tests,
      @ForAll @IntRange(max = 200) int tableCells)
      throws IOException {
    assertThat(
            scores(
                SparkExtension.session(),
                new TraceGrams(LENGTH, tableCells),
                arrays(normal),
                arrays(tests)))
        .isEqualTo(naive(arrays(normal), arrays(tests)));
  }

  @Property(tries = 6)
  void aTraceIsCalibratedAsIfItsFoldHadNeverBeenSeen(
      @ForAll @Size(min = 1, max = 12)
          List<@Size(min = 1, max = 20) List<@IntRange(max = 3) Integer>> normal) {
    SparkSession spark = SparkExtension.session();
    try (NormalTraces traces = NormalTraces.of(Traces.of(spark, arrays(normal)), FOLDS, SEED)) {
      StideFamily family = new StideFamily(spark, LENGTH);
      Dataset<Row> scored = family.calibrate(traces).join(traces.traces(), "content");

      List<Row> rows = scored.select("calls", "fold", "stide").collectAsList();
      assertThat(rows).hasSize(new HashSet<>(normal).size());
      for (Row row : rows) {
        int[][] others =
            rows.stream()
                .filter(other -> other.getInt(1) != row.getInt(1))
                .map(StideFamilyTest::callsOf)
                .toArray(int[][]::new);
        assertThat(row.getDouble(2)).isEqualTo(naive(others, new int[][] {callsOf(row)}).get(0L));
      }
    }
  }

  private static int[] callsOf(Row row) {
    return row.<Integer>getList(0).stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[][] arrays(List<List<Integer>> traces) {
    return traces.stream()
        .map(trace -> trace.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
