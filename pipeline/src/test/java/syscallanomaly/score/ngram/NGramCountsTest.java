package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Traces.calls;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import scala.Tuple3;
import scala.Tuple4;

class NGramCountsTest {
  private static final int LARGE = 1 << 16;

  private static Iterator<Tuple4<Integer, byte[], int[], long[]>> counts(
      List<Tuple3<Integer, Long, int[]>> traces, int orders, int nodes) {
    return new NGramCounts(traces.iterator(), orders, nodes);
  }

  /** The sum for each fold, context and call. */
  private static Map<List<Object>, Long> sums(
      Iterator<Tuple4<Integer, byte[], int[], long[]>> counts) {
    Map<List<Object>, Long> sums = new HashMap<>();
    counts.forEachRemaining(
        part -> {
          List<Integer> context = IntStream.of(GramBytes.symbols(part._2())).boxed().toList();
          assertThat(part._3()).isSorted().isNotEmpty().hasSameSizeAs(part._4());
          for (int i = 0; i < part._3().length; i++) {
            sums.merge(List.of(part._1(), context, part._3()[i]), part._4()[i], Long::sum);
          }
        });
    return sums;
  }

  @Test
  void eachOrderCountsTheCallsAfterItsContext() {
    List<Tuple3<Integer, Long, int[]>> traces =
        List.of(new Tuple3<>(4, 3L, calls(7, 200)), new Tuple3<>(5, 1L, calls(7, 7)));

    assertThat(sums(counts(traces, 3, LARGE)))
        .containsOnly(
            Map.entry(List.of(4, List.of(), 7), 3L),
            Map.entry(List.of(4, List.of(), 200), 3L),
            Map.entry(List.of(4, List.of(-1), 7), 3L),
            Map.entry(List.of(4, List.of(7), 200), 3L),
            Map.entry(List.of(4, List.of(-1, -1), 7), 3L),
            Map.entry(List.of(4, List.of(-1, 7), 200), 3L),
            Map.entry(List.of(5, List.of(), 7), 2L),
            Map.entry(List.of(5, List.of(-1), 7), 1L),
            Map.entry(List.of(5, List.of(7), 7), 1L),
            Map.entry(List.of(5, List.of(-1, -1), 7), 1L),
            Map.entry(List.of(5, List.of(-1, 7), 7), 1L));
  }

  @Test
  void thereIsNothingAfterTheLastContext() {
    Iterator<Tuple4<Integer, byte[], int[], long[]>> counts =
        counts(List.of(new Tuple3<>(0, 1L, calls(1))), 2, LARGE);
    assertThat(counts.next()._3()).containsExactly(1);
    counts.next();
    assertThat(counts.hasNext()).isFalse();
    assertThatThrownBy(counts::next).isInstanceOf(NoSuchElementException.class);
    assertThat(counts(Collections.emptyList(), 2, LARGE).hasNext()).isFalse();
  }

  @Property
  void sumsAreThoseOfAMap(
      @ForAll @Size(max = 4) List<@Size(max = 40) List<@IntRange(max = 4) Integer>> traces,
      @ForAll @IntRange(min = 2, max = 5) int orders,
      @ForAll @IntRange(max = 60) int nodes) {
    List<Tuple3<Integer, Long, int[]>> rows =
        IntStream.range(0, traces.size())
            .mapToObj(
                i ->
                    new Tuple3<>(
                        i % 2, i + 1L, traces.get(i).stream().mapToInt(call -> call).toArray()))
            .toList();
    Map<List<Object>, Long> naive = new HashMap<>();
    for (Tuple3<Integer, Long, int[]> row : rows) {
      for (int i = 0; i < row._3().length; i++) {
        for (int order = 0; order < orders; order++) {
          List<Integer> context =
              IntStream.range(i - order, i).mapToObj(k -> k < 0 ? -1 : row._3()[k]).toList();
          naive.merge(List.of(row._1(), context, row._3()[i]), row._2(), Long::sum);
        }
      }
    }

    assertThat(sums(counts(rows, orders, nodes))).isEqualTo(naive);
  }
}
