package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.evaluate.Scores.counts;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RocCurvePropertyTest {
  @Property
  void areaIsTheShareOfPairsWon(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks) {
    double won = 0;
    for (int attack : attacks) {
      for (int ordinary : normal) {
        won += attack > ordinary ? 1 : attack == ordinary ? .5 : 0;
      }
    }
    assertThat(curve(normal, attacks).auc()).isEqualTo(won / (normal.size() * attacks.size()));
  }

  @Property
  void swappedClassesTurnTheAreaRound(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks) {
    assertThat(curve(attacks, normal).auc())
        .isCloseTo(1 - curve(normal, attacks).auc(), within(1e-12));
  }

  @Property
  void onlyTheOrderOfScoresCounts(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks,
      @ForAll @DoubleRange(max = 1) double rate) {
    RocCurve curve = curve(normal, attacks);
    RocCurve transformed =
        new RocCurve(counts(normal, s -> Math.exp(s) - 5), counts(attacks, s -> Math.exp(s) - 5));
    assertThat(transformed.auc()).isEqualTo(curve.auc());
    assertThat(transformed.tprAtFpr(rate)).isEqualTo(curve.tprAtFpr(rate));
    assertThat(transformed.fprAtTpr(rate)).isEqualTo(curve.fprAtTpr(rate));
  }

  @Property
  void pointsRiseFromOneCornerToTheOtherAndEncloseTheArea(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks) {
    List<RocPoint> points = curve(normal, attacks).points("lstm", Population.DISTINCT);
    assertThat(points.get(0))
        .isEqualTo(new RocPoint("lstm", Population.DISTINCT, Double.POSITIVE_INFINITY, 0, 0));
    assertThat(points.get(points.size() - 1).fpr()).isEqualTo(1);
    assertThat(points.get(points.size() - 1).tpr()).isEqualTo(1);
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      RocPoint before = points.get(i - 1);
      RocPoint point = points.get(i);
      assertThat(point.threshold()).isLessThan(before.threshold());
      assertThat(point.fpr()).isGreaterThanOrEqualTo(before.fpr());
      assertThat(point.tpr()).isGreaterThanOrEqualTo(before.tpr());
      area += (point.fpr() - before.fpr()) * (point.tpr() + before.tpr()) / 2;
    }
    assertThat(area).isCloseTo(curve(normal, attacks).auc(), within(1e-12));
  }

  @Property
  void pointsAreTheRatesAtTheirThresholds(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks) {
    for (RocPoint point : curve(normal, attacks).points("lstm", Population.OFFICIAL)) {
      assertThat(point.fpr()).isEqualTo(reported(normal, point.threshold()));
      assertThat(point.tpr()).isEqualTo(reported(attacks, point.threshold()));
    }
  }

  @Property
  void ratesAreTheBestOfAllThresholds(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> normal,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> attacks,
      @ForAll @DoubleRange(max = 1) double rate) {
    double highestTpr = 0;
    double lowestFpr = 1;
    for (int threshold = 0; threshold <= 10; threshold++) {
      double fpr = reported(normal, threshold);
      double tpr = reported(attacks, threshold);
      highestTpr = fpr <= rate ? Math.max(highestTpr, tpr) : highestTpr;
      lowestFpr = tpr >= rate ? Math.min(lowestFpr, fpr) : lowestFpr;
    }
    assertThat(curve(normal, attacks).tprAtFpr(rate)).isEqualTo(highestTpr);
    assertThat(curve(normal, attacks).fprAtTpr(rate)).isEqualTo(lowestFpr);
  }

  private static RocCurve curve(List<Integer> normal, List<Integer> attacks) {
    return new RocCurve(counts(normal), counts(attacks));
  }

  private static double reported(List<Integer> scores, double threshold) {
    return (double) scores.stream().filter(score -> score >= threshold).count() / scores.size();
  }
}
