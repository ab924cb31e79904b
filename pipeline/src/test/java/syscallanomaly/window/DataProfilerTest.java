package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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
  void countsTracesCallsAndWindows(SparkSession spark) {
    DataProfile profile =
        profiler(0)
            .profile(
                Split.VALIDATION,
                Traces.of(
                    spark,
                    Traces.calls(1, 2, 1, 2, 1),
                    Traces.calls(340, 9),
                    Traces.calls(4, 4, 4, 4),
                    Traces.calls(9, 1, 2)),
                7);

    assertThat(profile)
        .isEqualTo(new DataProfile(Split.VALIDATION, 4, 7, 14, 5, 340, 2, 3, 5, 6, 4, 3));
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
    DataProfile profile =
        profiler(1)
            .profile(
                Split.TRAINING,
                Traces.of(spark, Traces.range(1, 4), Traces.range(1, 4), Traces.range(1, 4)),
                0);

    assertThat(profile.traces()).isEqualTo(3);
    assertThat(profile.windows()).isEqualTo(2);
  }

  @Test
  void aSplitWithoutTracesHasAProfileOfZeros(SparkSession spark) {
    assertThat(profiler(0).profile(Split.ATTACK, Traces.of(spark), 2))
        .isEqualTo(new DataProfile(Split.ATTACK, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }
}
