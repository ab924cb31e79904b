package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class DataProfilerTest {
  private static DataProfiler profiler(long limit) {
    Vocabulary vocabulary = Vocabulary.observed(Traces.calls(1, 2, 3, 4));
    return new DataProfiler(vocabulary, new WindowCutter(vocabulary, new WindowSettings(3, limit)));
  }

  @Test
  void countsTracesCallsAndWindowsOfEachSplit(SparkSession spark) {
    Dataset<Row> validation =
        Traces.of(
            spark,
            Traces.calls(1, 2, 1, 2, 1),
            Traces.calls(340, 9),
            Traces.calls(4, 4, 4, 4),
            Traces.calls(9, 1, 2));
    Dataset<Row> training = Traces.of(spark, Traces.calls(1, 2, 1, 2));

    assertThat(
            profiler(0)
                .profile(
                    Map.of(
                        Split.VALIDATION,
                        validation,
                        Split.ATTACK,
                        Traces.of(spark),
                        Split.TRAINING,
                        training),
                    Map.of(Split.VALIDATION, 7L, Split.ATTACK, 2L, Split.TRAINING, 0L)))
        .containsExactly(
            new DataProfile(Split.TRAINING, 1, 0, 4, 2, 2, 4, 4, 4, 2, 2, 0),
            new DataProfile(Split.VALIDATION, 4, 7, 14, 5, 340, 2, 3, 5, 6, 4, 3),
            new DataProfile(Split.ATTACK, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void noSplitsHaveNoProfiles() {
    assertThat(profiler(0).profile(Map.of(), Map.of())).isEmpty();
  }

  @Property
  void windowsAreEqualIfTheirHashesAre(
      @ForAll @Size(min = 6, max = 6) List<@IntRange(max = 3) Integer> calls) {
    Vocabulary vocabulary = Vocabulary.observed(Traces.calls(1, 2));
    int[] trace = calls.stream().mapToInt(Integer::intValue).toArray();

    List<Long> hashes = new ArrayList<>();
    WindowCount.hashes(trace, 3, vocabulary).forEachRemaining((Long hash) -> hashes.add(hash));

    List<List<Integer>> windows = new ArrayList<>();
    for (int start = 0; start + 3 <= trace.length; start++) {
      windows.add(Arrays.stream(trace, start, start + 3).map(vocabulary::indexOf).boxed().toList());
    }
    assertThat(new HashSet<>(hashes)).hasSameSizeAs(new HashSet<>(windows));
    assertThat(hashes).hasSameSizeAs(windows);
  }

  @Test
  void windowsAreCountedWithinTheLimit(SparkSession spark) {
    Dataset<Row> traces =
        Traces.of(spark, Traces.range(1, 4), Traces.range(1, 4), Traces.range(1, 4));

    assertThat(profiler(1).profile(Split.TRAINING, traces, 0))
        .satisfies(
            profile -> {
              assertThat(profile.traces()).isEqualTo(3);
              assertThat(profile.windows()).isEqualTo(2);
            });
  }
}
