package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.evaluate.Scores.counts;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RocCurveTest {
  private final RocCurve curve = new RocCurve(counts(0, 1, 1, 2), counts(3, 2, 2));

  @Test
  void countsTracesAndDistinctScores() {
    assertThat(curve.normal()).isEqualTo(4);
    assertThat(curve.attacks()).isEqualTo(3);
  }

  @Test
  void countsTiesHalfInTheArea() {
    // The attack at 3 wins 4 pairs; each of the two at 2 wins 3 and ties 1.
    assertThat(curve.auc()).isEqualTo(11.0 / 12);
  }

  @Test
  void givesTheRatesOfThresholdsWithoutInterpolation() {
    assertThat(curve.tprAtFpr(0)).isEqualTo(1.0 / 3);
    assertThat(curve.tprAtFpr(.24)).isEqualTo(1.0 / 3);
    assertThat(curve.tprAtFpr(.25)).isEqualTo(1);
    assertThat(curve.fprAtTpr(1.0 / 3)).isEqualTo(0);
    assertThat(curve.fprAtTpr(.34)).isEqualTo(.25);
    assertThat(curve.fprAtTpr(.9)).isEqualTo(.25);
  }

  @Test
  void detectsNothingWhereTheHighestScoreIsNormal() {
    assertThat(new RocCurve(counts(9, 1), counts(5)).tprAtFpr(.2)).isEqualTo(0);
  }

  @Test
  void reachesARateThatIsNoBinaryFraction() {
    Map<Double, Long> normal = Map.of(1.0, 1L, 0.0, 99L);
    assertThat(new RocCurve(normal, counts(1)).tprAtFpr(.01)).isEqualTo(1);
    Map<Double, Long> attacks = Map.of(1.0, 9L, 0.0, 1L);
    assertThat(new RocCurve(counts(0), attacks).fprAtTpr(.9)).isEqualTo(0);
  }

  @Test
  void leavesOutPointsOnAStraightLine() {
    assertThat(curve.points("stide", Population.OFFICIAL))
        .containsExactly(
            point(Double.POSITIVE_INFINITY, 0, 0),
            point(3, 0, 1.0 / 3),
            point(2, .25, 1),
            point(0, 1, 1));
  }

  @Test
  void joinsTiesOfOneSlope() {
    assertThat(new RocCurve(counts(1, 2, 2), counts(1, 2, 2)).points("stide", Population.OFFICIAL))
        .containsExactly(point(Double.POSITIVE_INFINITY, 0, 0), point(1, 1, 1));
  }

  @Test
  void needsBothClasses() {
    assertThatThrownBy(() -> new RocCurve(counts(1, 2), counts()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot draw a ROC curve from 2 normal and 0 attack traces: it needs at least one of each");
    assertThatThrownBy(() -> new RocCurve(counts(), counts(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot draw a ROC curve from 0 normal and 1 attack traces: it needs at least one of each");
  }

  private static RocPoint point(double threshold, double fpr, double tpr) {
    return new RocPoint("stide", Population.OFFICIAL, threshold, fpr, tpr);
  }
}
