package syscallanomaly.score.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.score.ensemble.Combination.SOFT_MINIMUM;
import static syscallanomaly.score.ensemble.Combination.SUM;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import syscallanomaly.table.Labelled;

class EnsembleTest {
  private static final Ensemble ENSEMBLE =
      new Ensemble("ensemble", List.of("a", "b", "c"), SOFT_MINIMUM);

  /** The expected numbers come from scipy's logsumexp. */
  @Test
  void theSoftMinimumIsThatOfTheFormula() {
    assertThat(SOFT_MINIMUM.of(1, 2, -0.5, 0.25)).isCloseTo(-0.6232953237548997, within(1e-14));
    assertThat(SOFT_MINIMUM.of(0, 0)).isCloseTo(-0.34657359027997264, within(1e-14));
    assertThat(SOFT_MINIMUM.of(3)).isEqualTo(3);
    assertThat(SOFT_MINIMUM.of(800, -900, 5)).isEqualTo(-900);
    assertThat(SOFT_MINIMUM.of(1e300, -1e300)).isEqualTo(-1e300);
  }

  @Test
  void theSumAddsUp() {
    assertThat(SUM.of(1, 2, -0.5, 0.25)).isEqualTo(2.75);
  }

  @Property
  void theSoftMinimumIsAtMostTheLowestAndNotFarBelow(
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = -50, max = 50) Double> z) {
    double[] values = values(z);
    double lowest = Arrays.stream(values).min().orElseThrow();

    assertThat(SOFT_MINIMUM.of(values))
        .isLessThanOrEqualTo(lowest)
        .isGreaterThanOrEqualTo(lowest - 0.5 * Math.log(values.length) - 1e-12);
  }

  @Property
  void aCombinationNeverFallsAsAZRises(
      @ForAll Combination combination,
      @ForAll @Size(min = 3, max = 3) List<@DoubleRange(min = -50, max = 50) Double> z,
      @ForAll @IntRange(max = 2) int part,
      @ForAll @DoubleRange(max = 10) double more) {
    double[] values = values(z);
    double before = combination.of(values);
    values[part] += more;

    assertThat(combination.of(values)).isGreaterThanOrEqualTo(before - 1e-12);
  }

  private static double[] values(List<Double> z) {
    return z.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void combinationsAreFoundByTheirNameInSettings() {
    assertThat(Labelled.of(Combination.class, "soft-minimum")).isEqualTo(SOFT_MINIMUM);
    assertThat(Labelled.of(Combination.class, "sum")).isEqualTo(SUM);
  }

  @Test
  void anEnsembleCombinesTheZOfItsParts() {
    assertThat(ENSEMBLE.score(1, 2, 3)).isEqualTo(SOFT_MINIMUM.of(1, 2, 3));
    assertThat(new Ensemble("sum", List.of("a", "b"), SUM).score(1, 2)).isEqualTo(3);
  }

  @Test
  void theLoudestPartHasTheLargestZ() {
    assertThat(ENSEMBLE.loudest(1, 3, 2)).isEqualTo("b");
    assertThat(ENSEMBLE.loudest(-3, -2, -1)).isEqualTo("c");
    assertThat(ENSEMBLE.loudest(0, 2, 2)).as("the first of equal ones").isEqualTo("b");
  }

  @Test
  void anEnsembleNeedsPartsAndAZOfEach() {
    assertThatThrownBy(() -> new Ensemble("ensemble", List.of(), SUM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make the ensemble ensemble: it has no parts; name at least one detector");
    assertThatThrownBy(() -> ENSEMBLE.score(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot combine 2 z in the ensemble ensemble: it has 3 parts; give the z of each");
    assertThatThrownBy(() -> ENSEMBLE.loudest(1, 2, 3, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
