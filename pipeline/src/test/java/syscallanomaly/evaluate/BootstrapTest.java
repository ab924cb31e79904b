package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static syscallanomaly.evaluate.Scores.counts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  private static final RocCurve CURVE =
      new RocCurve(
          Map.of(0.0, 300L, 1.0, 60L, 2.0, 40L), Map.of(0.0, 10L, 1.0, 30L, 2.0, 20L, 3.0, 7L));

  @Property(tries = 200)
  void intervalHoldsTheArea(
      @ForAll @Size(min = 5, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 5, max = 30) List<@IntRange(max = 9) Integer> attacks,
      @ForAll int seed) {
    RocCurve curve = new RocCurve(counts(normal), counts(attacks));
    Bootstrap.Interval interval = new Bootstrap(400).auc(curve, seed);
    assertThat(curve.auc()).isBetween(interval.low() - 1e-12, interval.high() + 1e-12);
    assertThat(interval.low()).isGreaterThanOrEqualTo(0);
    assertThat(interval.high()).isLessThanOrEqualTo(1);
  }

  @Test
  void sameSeedGivesTheSameInterval() {
    Bootstrap bootstrap = new Bootstrap(500);
    assertThat(bootstrap.auc(CURVE, 7)).isEqualTo(bootstrap.auc(CURVE, 7));
    assertThat(bootstrap.auc(CURVE, 7)).isNotEqualTo(bootstrap.auc(CURVE, 8));
  }

  /**
   * Scores are 0 or 1: an attack is worth 1 - q/2 or (1 - q)/2, a normal trace p/2 or (1 + p)/2,
   * each half a pair apart, so the variance of the area is (p(1 - p)/attacks + q(1 - q)/normal) / 4
   * (DeLong et al., Biometrics 44, 1988).
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 20, 100_000})
  void widthIsThatOfTheNormalApproximation(long times) {
    RocCurve curve =
        new RocCurve(
            Map.of(1.0, 80 * times, 0.0, 320 * times), Map.of(1.0, 200 * times, 0.0, 200 * times));
    double error = Math.sqrt((.5 * .5 / 400 + .2 * .8 / 400) / 4 / times);
    Bootstrap.Interval interval = new Bootstrap(4000).auc(curve, 1);
    assertThat(curve.auc()).isCloseTo(.65, within(1e-12));
    assertThat((interval.high() - interval.low()) / 2).isCloseTo(1.96 * error, withPercentage(5));
    assertThat((interval.high() + interval.low()) / 2).isCloseTo(.65, within(.002));
  }

  @Test
  void scoresThatOnlyOneClassHasChangeNothingByTheirOrder() {
    Map<Double, Long> spread = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      spread.put(10.0 + i, 1L);
    }
    spread.put(0.0, 50L);
    RocCurve fine = new RocCurve(Map.of(0.0, 30L), spread);
    RocCurve coarse = new RocCurve(Map.of(0.0, 30L), Map.of(0.0, 50L, 10.0, 50L));
    Bootstrap bootstrap = new Bootstrap(300);
    assertThat(bootstrap.auc(fine, 3)).isEqualTo(bootstrap.auc(coarse, 3));
  }

  @Test
  void oneTraceOfAKindStillHasAnInterval() {
    assertThat(new Bootstrap(100).auc(new RocCurve(counts(0), counts(1)), 5))
        .isEqualTo(new Bootstrap.Interval(1, 1));
    assertThat(new Bootstrap(100).auc(new RocCurve(counts(1), counts(1)), 5))
        .isEqualTo(new Bootstrap.Interval(.5, .5));
  }
}
