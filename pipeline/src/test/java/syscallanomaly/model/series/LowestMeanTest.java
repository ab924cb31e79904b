package syscallanomaly.model.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LowestMeanTest {
  private static double lowest(int window, double... values) {
    LowestMean lowest = new LowestMean(window);
    DoubleStream.of(values).forEach(lowest::add);
    return lowest.value();
  }

  private static double last(int window, double... values) {
    MovingMean last = new MovingMean(window);
    DoubleStream.of(values).forEach(last::add);
    return last.value();
  }

  @Test
  void theWindowWithTheLowestMeanCounts() {
    assertThat(lowest(2, 4, 1, 2, 8)).isEqualTo(1.5);
    assertThat(lowest(3, 9, 9, 0, 3, 6, 9)).isEqualTo(3);
    assertThat(lowest(1, 5, 2, 7)).isEqualTo(2);
    assertThat(lowest(2, -1, -5, 8, -8, -2)).isEqualTo(-5);
  }

  @Test
  void fewerValuesThanTheWindowHasAreTakenTogether() {
    assertThat(lowest(4, 1, 2, 6)).isEqualTo(3);
    assertThat(lowest(100, 7)).isEqualTo(7);
    assertThat(lowest(3, 1, 2, 6)).as("just as many").isEqualTo(3);
    assertThat(last(4, 1, 2, 6)).isEqualTo(3);
  }

  @Test
  void theLastValuesAreThoseAddedLast() {
    assertThat(last(2, 4, 1, 2, 8)).isEqualTo(5);
    assertThat(last(3, 4, 1, 2, 9)).isEqualTo(4);
    assertThat(last(1, 4, 1)).isEqualTo(1);
  }

  @Test
  void aLargeValueLeavesNoErrorBehind() {
    assertThat(lowest(3, .1, 1e300, .1, .1, .1)).isCloseTo(.1, within(1e-15));
    assertThat(last(2, Double.POSITIVE_INFINITY, 3, 5)).isEqualTo(4);
    assertThat(lowest(2, 1, Double.NaN, 1, 1)).isNaN();
  }

  @Test
  void meansStayExactOverMillionsOfValues() {
    int window = 100;
    Random random = new Random(1);
    double[] ring = new double[window];
    MovingMean last = new MovingMean(window);
    for (int i = 0; i < 3_000_000; i++) {
      ring[i % window] = 40 * random.nextDouble();
      last.add(ring[i % window]);
    }
    assertThat(last.value())
        .isCloseTo(DoubleStream.of(ring).average().orElseThrow(), within(1e-13));

    LowestMean lowest = new LowestMean(window);
    for (int i = 0; i < 3_000_000; i++) {
      lowest.add(i >= 2_000_000 && i < 2_000_100 ? .1 : 30 + random.nextDouble());
    }
    assertThat(lowest.value()).isCloseTo(.1, within(1e-15));
  }

  @Test
  void thereIsNoMeanOfNothing() {
    assertThatThrownBy(() -> lowest(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot take a mean: no value was added; add at least one");
    assertThatThrownBy(() -> lowest(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot take the mean of the last 0 values: a window has at least 1");
  }

  @Property
  void meansAreThoseOfTheDefinition(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -9, max = 9) Double> values,
      @ForAll @IntRange(min = 1, max = 12) int window) {
    double[] series = values.stream().mapToDouble(Double::doubleValue).toArray();
    int size = Math.min(window, series.length);
    double[] means =
        IntStream.rangeClosed(0, series.length - size)
            .mapToDouble(
                start -> IntStream.range(start, start + size).mapToDouble(i -> series[i]).sum())
            .map(sum -> sum / size)
            .toArray();

    assertThat(lowest(window, series))
        .isCloseTo(DoubleStream.of(means).min().orElseThrow(), within(1e-12));
    assertThat(last(window, series)).isCloseTo(means[means.length - 1], within(1e-12));
  }
}
