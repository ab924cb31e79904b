package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.score.Calibration;

/** The intervals of figures from resampled clusters. */
class IntervalsTest {
  private static final Calibration ALARM_ABOVE_ONE =
      new Calibration(new double[] {0, 1}, new long[] {98, 1});

  @Property(tries = 100)
  void anIntervalHoldsItsFigure(
      @ForAll @Size(min = 5, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 5, max = 30) List<@IntRange(max = 9) Integer> attacks,
      @ForAll int seed) {
    Detection row = Groups.apart(normal, attacks).all(400, seed);

    assertThat(row.auc()).isBetween(row.aucLow() - 1e-12, row.aucHigh() + 1e-12);
    assertThat(row.aucLow()).isGreaterThanOrEqualTo(0);
    assertThat(row.aucHigh()).isLessThanOrEqualTo(1);
    assertThat(row.tprAtFpr10()).isBetween(row.tprAtFpr10Low(), row.tprAtFpr10High());
  }

  /**
   * A bootstrap that draws the number of traces at each score, which takes equal scores for
   * independent.
   */
  @Property(tries = 10)
  void tracesApartHaveTheIntervalOfABootstrapOfTraces(
      @ForAll @Size(min = 60, max = 90) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 60, max = 90) List<@IntRange(max = 9) Integer> attacks,
      @ForAll int seed) {
    double[] areas = areasOfTraces(normal, attacks, 4000, seed);

    Detection row = Groups.apart(normal, attacks).all(4000, seed);

    // Five standard errors of the quantiles' difference, where the AUC has one of .05.
    assertThat(row.aucLow()).isCloseTo(areas[99], within(.015));
    assertThat(row.aucHigh()).isCloseTo(areas[3900], within(.015));
  }

  private static double[] areasOfTraces(
      List<Integer> normal, List<Integer> attacks, int samples, int seed) {
    Well19937c random = new Well19937c(seed);
    PoissonDistribution once = new PoissonDistribution(random, 1, 1e-12, 1000);
    return IntStream.range(0, samples)
        .mapToDouble(
            i -> {
              double[] normals = new double[10];
              double[] found = new double[10];
              normal.forEach(score -> normals[score] += once.sample());
              attacks.forEach(score -> found[score] += once.sample());
              double won = 0;
              double below = 0;
              for (int score = 0; score < 10; score++) {
                won += found[score] * (below + normals[score] / 2);
                below += normals[score];
              }
              return won / (below * Arrays.stream(found).sum());
            })
        .sorted()
        .toArray();
  }

  /**
   * Scores are 0 or 1: an attack is worth 1 - q/2 or (1 - q)/2, a normal trace p/2 or (1 + p)/2,
   * each half a pair apart, so the variance of the area is (p(1 - p)/attacks + q(1 - q)/normal) / 4
   * (DeLong et al., Biometrics 44, 1988).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void widthIsThatOfTheNormalApproximation(int times) {
    Groups groups = new Groups();
    for (int i = 0; i < 400 * times; i++) {
      groups.normal(i % 5 == 0 ? 1 : 0, 1, i).attack("f", i % 2, 1, i);
    }
    double error = Math.sqrt((.5 * .5 / 400 + .2 * .8 / 400) / 4 / times);

    Detection row = groups.all(4000, 1);

    assertThat(row.auc()).isCloseTo(.65, within(1e-12));
    assertThat((row.aucHigh() - row.aucLow()) / 2).isCloseTo(1.96 * error, withPercentage(5));
    assertThat((row.aucHigh() + row.aucLow()) / 2).isCloseTo(.65, within(.002));
  }

  /**
   * Half of the normal traces are copies of one and score above every attack. A resample takes the
   * copies w times, w from the Poisson distribution of mean 1, and its AUC is about 1 / (1 + w). w
   * is 0 with probability .37 and at most 3 with probability .98.
   */
  @Test
  void copiesOfATraceWidenTheInterval() {
    Groups together = new Groups().normal(2, 968, 0);
    Groups apart = new Groups();
    for (int i = 1; i <= 968; i++) {
      together.normal(0, 1, i).attack("f", 1, 1, i);
      apart.normal(0, 1, i).normal(2, 1, 1000 + i).attack("f", 1, 1, i);
    }

    Detection wide = together.all(2000, 1);
    Detection narrow = apart.all(2000, 1);

    assertThat(wide.auc()).isEqualTo(narrow.auc()).isEqualTo(.5);
    assertThat(wide.aucLow()).isCloseTo(.25, within(.02));
    assertThat(wide.aucHigh()).isEqualTo(1);
    assertThat(narrow.aucHigh() - narrow.aucLow()).isCloseTo(.0445, within(.004));
  }

  @Test
  void attacksOfAFolderAreResampledTogether() {
    Groups folders = new Groups();
    Groups apart = new Groups();
    for (int i = 0; i < 400; i++) {
      int score = i / 40 % 2 * 2;
      folders.normal(1, 1, i).attack("f", score, 1, i / 40);
      apart.normal(1, 1, i).attack("f", score, 1, i);
    }

    Detection wide = folders.all(2000, 1);
    Detection narrow = apart.all(2000, 1);

    // Ten folders in place of 400 traces, half of them found: the error is sqrt(40) times as large.
    assertThat(narrow.aucHigh() - narrow.aucLow()).isCloseTo(2 * 1.96 * .025, within(.01));
    assertThat(wide.aucHigh() - wide.aucLow()).isBetween(.5, .75);
  }

  @Test
  void aSingleClusterHasNoInterval() {
    Groups oneFolder =
        new Groups().normal(0, 1, 0).normal(2, 1, 1).attack("f", 1, 1, 0).attack("f", 3, 1, 0);
    Groups oneContent = new Groups().normal(0, 5, 0).attack("f", 1, 1, 0).attack("f", 3, 1, 1);

    Detection row = oneFolder.all(100, 1);
    OperatingPoint alarms = oneFolder.figures(ALARM_ABOVE_ONE, 100, 1).operatingPoints().get(1);

    assertThat(row.auc()).isEqualTo(.75);
    assertThat(row.aucLow()).isNull();
    assertThat(row.tprAtFpr05High()).isNull();
    assertThat(oneContent.all(100, 1).aucHigh()).isNull();
    assertThat(alarms.falseAlarmRateLow()).as("two normal clusters").isZero();
    assertThat(alarms.falseAlarmRateHigh()).isEqualTo(1);
    assertThat(alarms.detectionRateLow()).isNull();
  }

  @Test
  void alarmsHaveExactRatesAndTheirOwnIntervals() {
    Groups groups = new Groups();
    for (int i = 0; i < 200; i++) {
      groups.normal(i % 8 == 0 ? 2 : i % 8 == 1 ? 1 : 0, 1, i).attack("f", i % 2 * 3, 1, i);
    }

    List<OperatingPoint> points = groups.figures(ALARM_ABOVE_ONE, 2000, 3).operatingPoints();

    assertThat(points)
        .extracting(OperatingPoint::askedFalseAlarmRate)
        .containsExactly(.01, .05, .1, .2);
    assertThat(points).extracting(OperatingPoint::threshold).containsExactly(1., 0., 0., 0.);
    assertThat(points)
        .extracting(OperatingPoint::falseAlarmRate)
        .containsExactly(.125, .25, .25, .25);
    assertThat(points).extracting(OperatingPoint::detectionRate).containsOnly(.5);
    double error = Math.sqrt(.125 * .875 / 200);
    assertThat(points.get(0).falseAlarmRateLow()).isCloseTo(.125 - 1.96 * error, within(.01));
    assertThat(points.get(0).falseAlarmRateHigh()).isCloseTo(.125 + 1.96 * error, within(.01));
    assertThat(points.get(0).detectionRateLow()).isCloseTo(.431, within(.01));
    assertThat(points.get(0).detectionRateHigh()).isCloseTo(.569, within(.01));
  }

  @Test
  void whereNoAlarmIsPossibleThereIsNoThreshold() {
    OperatingPoint first =
        Groups.apart(List.of(1, 2, 3), List.of(2, 3))
            .figures(new Calibration(new double[] {0, 0}), 50, 1)
            .operatingPoints()
            .get(0);

    assertThat(first.threshold()).isNull();
    assertThat(first.falseAlarmRate()).isZero();
    assertThat(first.detectionRate()).isZero();
  }

  private static Comparison compared(PopulationFigures one, PopulationFigures other) {
    return one.area().orElseThrow().comparison(other.area().orElseThrow());
  }

  @Test
  void aDetectorDiffersFromItselfByNothing() {
    Groups groups = Groups.apart(List.of(1, 2, 3, 4, 5), List.of(2, 4, 6, 8));
    PopulationFigures figures = groups.figures(ALARM_ABOVE_ONE, 300, 1);

    Comparison same = compared(figures, figures);

    assertThat(same.aucDifference()).isZero();
    assertThat(same.low()).isZero();
    assertThat(same.high()).isZero();
  }

  /** Scores that differ a little: the paired interval is far from as wide as that of one AUC. */
  @Test
  void aComparisonIsPaired() {
    Groups one = new Groups();
    Groups other = new Groups();
    for (int i = 0; i < 300; i++) {
      int normal = i * 7 % 100;
      int attack = 20 + i * 11 % 100;
      one.normal(normal, 1, i).attack("f", attack, 1, i);
      other.normal(normal, 1, i).attack("f", attack - (i % 10 == 0 ? 5 : 0), 1, i);
    }

    PopulationFigures better = one.figures(ALARM_ABOVE_ONE, 1000, 1);
    PopulationFigures worse = other.figures(ALARM_ABOVE_ONE, 1000, 1);
    Comparison comparison = compared(better, worse);

    Detection row = better.detections().get(0);
    assertThat(comparison.aucDifference())
        .isCloseTo(row.auc() - worse.detections().get(0).auc(), within(1e-12))
        .isPositive();
    assertThat(comparison.low()).isPositive().isLessThan(comparison.aucDifference());
    assertThat(comparison.high() - comparison.low())
        .isLessThan((row.aucHigh() - row.aucLow()) / 10);
    Comparison turned = compared(worse, better);
    assertThat(turned.low()).isCloseTo(-comparison.high(), within(1e-12));
  }

  @Test
  void aDrawDependsOnSeedResampleAndClusterAlone() {
    ClusterWeights few = new ClusterWeights(List.of(5L, 9L), 7);
    ClusterWeights many =
        new ClusterWeights(IntStream.range(0, 1000).mapToObj(Long::valueOf).toList(), 7);
    int[] weights = IntStream.range(0, 500).map(i -> many.draw(i)[many.place(9)]).toArray();

    assertThat(IntStream.range(0, 500).map(i -> few.draw(i)[few.place(9)]).toArray())
        .isEqualTo(weights);
    assertThat(new ClusterWeights(List.of(9L), 8).draw(3)).isNotEqualTo(weights);
    // Mean and variance of the Poisson distribution of mean 1.
    double[] drawn =
        IntStream.range(0, 200)
            .flatMap(i -> Arrays.stream(many.draw(i)))
            .asDoubleStream()
            .toArray();
    double mean = Arrays.stream(drawn).average().orElseThrow();
    assertThat(mean).isCloseTo(1, within(.01));
    assertThat(Arrays.stream(drawn).map(w -> (w - mean) * (w - mean)).average().orElseThrow())
        .isCloseTo(1, within(.02));
    assertThat(Arrays.stream(drawn).filter(w -> w == 0).count() / 200_000.0)
        .isCloseTo(Math.exp(-1), within(.004));
  }
}
