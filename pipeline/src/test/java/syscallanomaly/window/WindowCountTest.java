package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

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
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class WindowCountTest {
  private static final Vocabulary VOCABULARY = Vocabulary.observed(Traces.calls(1, 2, 3));

  private static WindowCount count(SparkSession spark, List<int[]> traces, int partitions) {
    return WindowCount.of(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(traces, 3),
        4,
        VOCABULARY,
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void repeatsCountOnceHoweverTheyAreDealtOut(int partitions, SparkSession spark) {
    Random random = new Random(1);
    List<int[]> traces =
        IntStream.range(0, 20)
            .mapToObj(trace -> random.ints(random.nextInt(1000), 0, 9).toArray())
            .toList();
    long windows = 0;
    Set<List<Integer>> distinct = new HashSet<>();
    for (int[] trace : traces) {
      for (int start = 0; start + 4 <= trace.length; start++) {
        windows++;
        distinct.add(
            Arrays.stream(trace, start, start + 4).map(VOCABULARY::indexOf).boxed().toList());
      }
    }

    assertThat(count(spark, traces, partitions))
        .isEqualTo(new WindowCount(windows, distinct.size()));
  }

  @Test
  void tracesShorterThanAWindowHaveNone(SparkSession spark) {
    assertThat(count(spark, List.of(Traces.calls(1, 2, 3)), 2)).isEqualTo(new WindowCount(0, 0));
    assertThat(count(spark, List.of(), 2)).isEqualTo(new WindowCount(0, 0));
  }
}
