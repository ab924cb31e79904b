package syscallanomaly.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LengthOrderTest {
  private static EvenShares groups(int traces, int group) {
    return new EvenShares(traces, (traces + group - 1) / group);
  }

  private static long[] places(int traces, int group, long seed) {
    LengthOrder order = new LengthOrder(groups(traces, group), seed);
    return IntStream.range(0, traces).mapToLong(order::placeOf).toArray();
  }

  @Property(tries = 300)
  void placesAreAPermutationAndNeighboursStayTogether(
      @ForAll @IntRange(min = 1, max = 500) int traces,
      @ForAll @IntRange(min = 2, max = 40) int group,
      @ForAll long seed) {
    long[] places = places(traces, group, seed);

    assertThat(Arrays.stream(places).sorted().toArray())
        .isEqualTo(IntStream.range(0, traces).asLongStream().toArray());
    EvenShares groups = groups(traces, group);
    int[] least = new int[(int) groups.parts()];
    int[] most = new int[(int) groups.parts()];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (int number = 0; number < traces; number++) {
      int place = (int) groups.partOf(places[number]);
      least[place] = Math.min(least[place], number);
      most[place] = Math.max(most[place], number);
    }
    for (int i = 0; i < least.length; i++) {
      // A group of its own, and at most a group more at each end.
      assertThat(most[i] - (long) least[i]).isLessThan(4L * group);
    }
  }

  @Test
  void theSeedDecidesTheOrderOfStepsAndWhichTracesMeet() {
    assertThat(places(100, 10, 1)).isEqualTo(places(100, 10, 1)).isNotEqualTo(places(100, 10, 2));
    Set<Set<Integer>> one = steps(places(100, 10, 1));
    Set<Set<Integer>> two = steps(places(100, 10, 2));
    one.retainAll(two);
    assertThat(one).as("steps of the same traces in both epochs").isEmpty();
  }

  private static Set<Set<Integer>> steps(long[] places) {
    Set<Set<Integer>> steps = new HashSet<>();
    for (int group = 0; group < places.length / 10; group++) {
      Set<Integer> numbers = new HashSet<>();
      for (int number = 0; number < places.length; number++) {
        if (places[number] / 10 == group) {
          numbers.add(number);
        }
      }
      steps.add(numbers);
    }
    return steps;
  }

  @Test
  void largerGroupsAreOfAllLengths() {
    // 40 groups of 11, which come first, and 60 of 10.
    EvenShares groups = new EvenShares(1040, 100);
    LengthOrder order = new LengthOrder(groups, 1);
    double larger =
        IntStream.range(0, 1040)
            .filter(number -> groups.partOf(order.placeOf(number)) < 40)
            .average()
            .orElseThrow();

    assertThat(groups.firstOf(40)).isEqualTo(440);
    assertThat(larger).isBetween(480.0, 560.0);
  }
}
