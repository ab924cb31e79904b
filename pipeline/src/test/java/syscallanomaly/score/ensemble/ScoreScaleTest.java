package syscallanomaly.score.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;

class ScoreScaleTest {
  private static ScoreScale scale(double... scores) {
    return new ScoreScale(scores, ones(scores.length));
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] z(ScoreScale scale, double... scores) {
    return Arrays.stream(scores).map(scale::z).toArray();
  }

  /** The expected numbers come from numpy and scipy. */
  @Test
  void zIsTheNormalQuantileOfTheRankInsideAndALineBeyondBothEnds() {
    ScoreScale scale =
        new ScoreScale(new double[] {0.3, 0.1, 0.7, 0.3, 0.5}, new long[] {1, 4, 2, 2, 3});

    assertThat(z(scale, -1, 0.1, 0.15, 0.3, 0.42, 0.5, 0.7, 0.9, 2))
        .containsExactly(
            new double[] {
              -6.014567711254061,
              -0.967421566101701,
              -0.751724538479795,
              -0.104633455614075,
              0.287259987373229,
              0.548522282698098,
              1.382994127100638,
              2.300657062582886,
              7.347803207735245
            },
            within(1e-12));
  }

  /** The expected numbers come from numpy and scipy. */
  @Test
  void rareRanksAreClippedButTheEndsAreNot() {
    ScoreScale scale = new ScoreScale(new double[] {0, 1}, new long[] {1, 9999});

    assertThat(z(scale, -0.02, 0, 0.5, 1, 1.5))
        .containsExactly(
            new double[] {
              -5.090100007500626,
              -3.09,
              -1.544937334292970,
              1.253314140596531e-04,
              50.00262551892969
            },
            within(1e-10));
  }

  @Test
  void copiesCountLikeEqualScores() {
    ScoreScale copies = new ScoreScale(new double[] {2, 1, 5}, new long[] {3, 1, 2});
    ScoreScale equal = scale(5, 2, 2, 1, 2, 5);

    assertThat(z(copies, 0, 1, 1.5, 2, 3, 5, 9)).isEqualTo(z(equal, 0, 1, 1.5, 2, 3, 5, 9));
  }

  @Test
  void scoresThatAllAreEqualTellOnlyLowerFromHigher() {
    assertThat(z(scale(0.25, 0.25), 0.2, 0.25, 0.3)).containsExactly(-3.09, 0, 3.09);
    assertThat(z(scale(0.25), -7, 0.25, 7)).containsExactly(-3.09, 0, 3.09);
    assertThat(z(scale(0.0, -0.0), -0.0, 0.0)).containsExactly(0, 0);
  }

  @Test
  void withoutCalibratingScoresEveryZIsZero() {
    assertThat(z(scale(), -7, 0, 7)).containsExactly(0, 0, 0);
  }

  @Test
  void scoresThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> scale(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot scale scores: score 2 of 2 is NaN; check the detector that gave it");
    assertThatThrownBy(() -> new ScoreScale(new double[3], new long[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot scale scores: there are 3 scores and 2 numbers of copies; give one for each");
    assertThat(scale(1, 2).z(Double.NaN)).isNaN();
  }

  @Property
  void zNeverFallsAsTheScoreRises(
      @ForAll @Size(min = 1, max = 20) double[] scores,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double other) {
    ScoreScale scale = scale(scores);

    assertThat(scale.z(Math.min(one, other))).isLessThanOrEqualTo(scale.z(Math.max(one, other)));
  }

  @Property
  void theMedianOfCopiesHasZZero(
      @ForAll @DoubleRange(min = 0.1, max = 10) double distance,
      @ForAll @LongRange(min = 1, max = 1_000) long copies) {
    ScoreScale scale =
        new ScoreScale(new double[] {-distance, 0, distance}, new long[] {copies, 7, copies});

    assertThat(scale.z(0)).isCloseTo(0, within(1e-12));
    assertThat(scale.z(distance)).isCloseTo(-scale.z(-distance), within(1e-12));
  }

  @Test
  void kryoSendsAScaleWhole() {
    ScoreScale sent = scale(1, 2, 4);

    assertThat(z(Kryo.copy(sent), 0, 1, 3, 9)).isEqualTo(z(sent, 0, 1, 3, 9));
  }
}
