package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Traces.calls;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.trace.Split;

@ExtendWith(SparkExtension.class)
class StideDetectorTest {
  private static final int LENGTH = 3;

  private static Dataset<Row> tests(SparkSession spark, int[]... traces) {
    return TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
  }

  private static Map<Long, Double> byOrdinal(Dataset<Row> scores) {
    return scores.select("ordinal", "score").collectAsList().stream()
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

  @Test
  void scoresAreTheSameWhenTablesAreFullManyTimes(SparkSession spark) {
    int[][] normal = random(1, 8, 300);
    int[][] tests = random(2, 5, 400);
    Dataset<Row> training = Traces.of(spark, normal);
    Map<Long, Double> expected = naive(normal, tests);

    // Four slots take three of the 1,728 different 3-grams.
    for (int tableCells : new int[] {0, 64 * (LENGTH + 1), 1 << 20}) {
      assertThat(
              byOrdinal(
                  new StideDetector(training, training.limit(0), LENGTH, tableCells)
                      .score(tests(spark, tests))))
          .as("%d ints", tableCells)
          .isEqualTo(expected);
    }
    assertThat(expected.values()).as("some are known, some not").doesNotContain(0.0, 1.0);
  }

  @Test
  void callsCountInFull(SparkSession spark) {
    int large = Integer.MAX_VALUE;
    Dataset<Row> training = Traces.of(spark, calls(1, large, 2, 1 << 30, 128, 1));
    StideDetector stide = new StideDetector(training, training, 2);

    assertThat(
            byOrdinal(
                stide.score(
                    tests(
                        spark,
                        calls(1, large, 2, 1 << 30, 128, 1),
                        calls(1, large - 1),
                        calls(1, -1, 2),
                        calls(large, 2, 0, 128, 1),
                        calls(129, 1)))))
        .isEqualTo(Map.of(0L, 0.0, 1L, 1.0, 2L, 1.0, 3L, 0.5, 4L, 1.0));
  }

  @Property(tries = 8)
  void scoresAreThoseOfTheDefinition(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 60) List<@IntRange(max = 3) Integer>> normal,
      @ForAll @Size(min = 1, max = 6)
          List<@Size(min = 1, max = 60) List<@IntRange(max = 3) Integer>> tests,
      @ForAll @IntRange(max = 200) int tableCells) {
    SparkSession spark = SparkExtension.session();
    int[][] normalCalls = arrays(normal);
    int[][] testCalls = arrays(tests);
    Dataset<Row> training = Traces.of(spark, normalCalls);
    StideDetector stide =
        new StideDetector(training, training.where("ordinal = 0"), LENGTH, tableCells);

    assertThat(byOrdinal(stide.score(tests(spark, testCalls))))
        .isEqualTo(naive(normalCalls, testCalls));
    assertThat(byOrdinal(stide.scoreHeldOut(tests(spark, testCalls))))
        .as("without the first trace, which is held out")
        .isEqualTo(naive(arrays(normal.subList(1, normal.size())), testCalls));
  }

  private static int[][] arrays(List<List<Integer>> traces) {
    return traces.stream()
        .map(trace -> trace.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
