package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class WindowCountTest {
  private static final Vocabulary VOCABULARY = Vocabulary.observed(Traces.calls(1, 2, 3));

  private static List<WindowCount> count(
      SparkSession spark, List<List<int[]>> groups, int partitions) {
    List<Tuple2<Integer, int[]>> traces = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      for (int[] trace : groups.get(group)) {
        traces.add(new Tuple2<>(group, trace));
      }
    }
    return WindowCount.of(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(traces, 3),
        groups.size(),
        4,
        VOCABULARY,
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void repeatsCountOnceHoweverTheyAreDealtOut(int partitions, SparkSession spark) {
    Random random = new Random(1);
    List<List<int[]>> groups = List.of(drawn(random, 20), List.of(), drawn(random, 5));

    assertThat(count(spark, groups, partitions))
        .isEqualTo(groups.stream().map(WindowCountTest::expected).toList());
  }

  private static List<int[]> drawn(Random random, int traces) {
    return IntStream.range(0, traces)
        .mapToObj(trace -> random.ints(random.nextInt(1000), 0, 9).toArray())
        .toList();
  }

  private static WindowCount expected(List<int[]> traces) {
    long windows = 0;
    Set<List<Integer>> distinct = new HashSet<>();
    for (int[] trace : traces) {
      for (int start = 0; start + 4 <= trace.length; start++) {
        windows++;
        distinct.add(
            Arrays.stream(trace, start, start + 4).map(VOCABULARY::indexOf).boxed().toList());
      }
    }
    return new WindowCount(windows, distinct.size());
  }

  @Test
  void tracesShorterThanAWindowHaveNone(SparkSession spark) {
    assertThat(count(spark, List.of(List.of(Traces.calls(1, 2, 3))), 2))
        .containsExactly(new WindowCount(0, 0));
    assertThat(count(spark, List.of(List.of()), 2)).containsExactly(new WindowCount(0, 0));
  }
}
