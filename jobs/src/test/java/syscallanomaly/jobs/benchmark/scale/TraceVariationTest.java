package syscallanomaly.jobs.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceVariationTest {
  private static final int[] TRACE = IntStream.range(0, 20_000).toArray();

  @Test
  void copyZeroIsTheTraceItself() {
    assertThat(TraceVariation.copy(TRACE, 0, 7)).isEqualTo(TRACE).isNotSameAs(TRACE);
  }

  @Test
  void aCopyDependsOnItsNumberAndTheSeedAlone() {
    int[] copy = TraceVariation.copy(TRACE, 3, 7);

    assertThat(TraceVariation.copy(TRACE, 3, 7)).isEqualTo(copy);
    assertThat(TraceVariation.copy(TRACE, 4, 7)).isNotEqualTo(copy);
    assertThat(TraceVariation.copy(TRACE, 3, 8)).isNotEqualTo(copy);
  }

  @Test
  void oneCallOfAHundredIsLeftOutDoubledOrSwapped() {
    int[] copy = TraceVariation.copy(TRACE, 1, 7);
    Set<Integer> left = new HashSet<>();
    int doubled = 0;
    int swapped = 0;
    for (int i = 0; i < copy.length; i++) {
      left.add(copy[i]);
      doubled += i > 0 && copy[i] == copy[i - 1] ? 1 : 0;
      swapped += i > 0 && copy[i] == copy[i - 1] - 1 ? 1 : 0;
    }
    int leftOut = TRACE.length - left.size();

    assertThat(leftOut).isBetween(40, 95);
    assertThat(doubled).isBetween(40, 95);
    assertThat(swapped).isBetween(40, 95);
    assertThat(copy).hasSize(TRACE.length - leftOut + doubled);
    assertThat(Arrays.stream(copy).max().orElseThrow()).isLessThan(TRACE.length);
  }

  @Test
  void aTraceOfOneCallKeepsIt() {
    for (int copy = 0; copy < 1000; copy++) {
      assertThat(TraceVariation.copy(new int[] {5}, copy, 7)).isNotEmpty().containsOnly(5);
    }
  }
}
