package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Property(tries = 200)
  void everyPlaceIsTakenOnce(@ForAll @IntRange(min = 1, max = 5000) int size, @ForAll long seed) {
    Permutation permutation = new Permutation(size, seed);
    BitSet taken = new BitSet(size);
    for (int i = 0; i < size; i++) {
      taken.set(Math.toIntExact(permutation.placeOf(i)));
    }
    assertThat(taken.cardinality()).isEqualTo(size);
    assertThat(taken.length()).isEqualTo(size);
  }

  @Test
  void orderIsMixedAndDependsOnTheSeedAlone() {
    int size = 10_000;
    Permutation permutation = new Permutation(size, 7);
    long inPlace = 0;
    double distance = 0;
    for (int i = 0; i < size; i++) {
      inPlace += permutation.placeOf(i) == i ? 1 : 0;
      distance += Math.abs(permutation.placeOf(i) - i);
      assertThat(new Permutation(size, 7).placeOf(i)).isEqualTo(permutation.placeOf(i));
    }
    // A random order keeps one number in place on average, and moves the others by a third.
    assertThat(inPlace).isLessThan(8);
    assertThat(distance / size).isBetween(size * 0.30, size * 0.37);
    assertThat(new Permutation(size, 8).placeOf(0)).isNotEqualTo(permutation.placeOf(0));
  }

  @Test
  void hugeCorporaHaveAnOrderToo() {
    Permutation permutation = new Permutation(10_000_000_000L, 1);
    assertThat(permutation.placeOf(9_999_999_999L)).isBetween(0L, 9_999_999_999L);
  }
}
