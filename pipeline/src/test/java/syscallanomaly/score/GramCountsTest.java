package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Traces.calls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GramCountsTest {
  /** Ints of a table whose fewest slots, four, are all that it gets. */
  private static final int SMALLEST = 0;

  private static final int LARGE = 1 << 20;

  private static List<Map.Entry<String, Integer>> counts(
      int length, int cells, List<int[]> traces) {
    List<Map.Entry<String, Integer>> found = new ArrayList<>();
    new GramCounts<>(
            traces.iterator(),
            length,
            cells,
            (gram, count) -> Map.entry(HexFormat.of().formatHex(gram), count))
        .forEachRemaining(found::add);
    return found;
  }

  private static Map<String, Integer> sums(List<Map.Entry<String, Integer>> counts) {
    Map<String, Integer> sums = new HashMap<>();
    counts.forEach(count -> sums.merge(count.getKey(), count.getValue(), Integer::sum));
    return sums;
  }

  @Test
  void repeatsAreCountedWithinAndAcrossTraces() {
    List<int[]> traces = List.of(calls(1, 2, 1, 2), calls(7), calls(), calls(1, 2, 3));

    assertThat(counts(2, LARGE, traces))
        .containsExactlyInAnyOrder(
            Map.entry("0102", 3), Map.entry("0201", 1), Map.entry("0203", 1));
  }

  @Test
  void everyCallHasBytesOfItsOwn() {
    List<int[]> traces =
        List.of(calls(0, 127), calls(128, 16383), calls(16384, Integer.MAX_VALUE), calls(-1, 0));

    assertThat(sums(counts(2, LARGE, traces)))
        .containsOnlyKeys("007f", "8001ff7f", "808001ffffffff07", "ffffffff0f00");
  }

  @Test
  void aFullTableIsHandedOutAndBeginsAnew() {
    int[] trace = new int[1000];
    Arrays.setAll(trace, i -> i % 10);

    List<Map.Entry<String, Integer>> found = counts(1, SMALLEST, List.of(trace));

    assertThat(found).as("no repeat is within three different calls").hasSize(1000);
    assertThat(sums(found))
        .hasSize(10)
        .allSatisfy((gram, count) -> assertThat(count).isEqualTo(100));
    assertThat(counts(1, LARGE, List.of(trace))).as("all fit in a larger table").hasSize(10);
  }

  @Test
  void anNGramLongerThanAnyTraceTakesNoMemory() {
    assertThat(counts(Integer.MAX_VALUE, LARGE, List.of(calls(1, 2, 3)))).isEmpty();
  }

  @Test
  void thereIsNothingAfterTheLastNGram() {
    Iterator<Integer> counts =
        new GramCounts<>(List.of(calls(4, 4, 4)).iterator(), 2, LARGE, (gram, count) -> count);

    assertThat(counts.next()).isEqualTo(2);
    assertThat(counts.hasNext()).isFalse();
    assertThatThrownBy(counts::next).isInstanceOf(NoSuchElementException.class);
  }

  @Property
  void sumsAreThoseOfAMap(
      @ForAll @Size(max = 6) List<@Size(max = 200) List<@IntRange(max = 300) Integer>> calls,
      @ForAll @IntRange(min = 1, max = 5) int length,
      @ForAll @IntRange(max = 2000) int cells) {
    List<int[]> traces =
        calls.stream().map(t -> t.stream().mapToInt(Integer::intValue).toArray()).toList();
    Map<List<Integer>, Integer> naive = new HashMap<>();
    for (List<Integer> trace : calls) {
      for (int start = 0; start + length <= trace.size(); start++) {
        naive.merge(List.copyOf(trace.subList(start, start + length)), 1, Integer::sum);
      }
    }

    Map<List<Integer>, Integer> sums = new HashMap<>();
    new GramCounts<>(
            traces.iterator(), length, cells, (gram, count) -> Map.entry(unpacked(gram), count))
        .forEachRemaining(count -> sums.merge(count.getKey(), count.getValue(), Integer::sum));

    assertThat(sums).isEqualTo(naive);
  }

  private static List<Integer> unpacked(byte[] gram) {
    List<Integer> calls = new ArrayList<>();
    int call = 0;
    int shift = 0;
    for (byte part : gram) {
      call |= (part & 0x7f) << shift;
      shift += 7;
      if (part >= 0) {
        calls.add(call);
        call = 0;
        shift = 0;
      }
    }
    return calls;
  }
}
