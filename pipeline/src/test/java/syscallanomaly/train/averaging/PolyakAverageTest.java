package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PolyakAverageTest {
  private static float[] after(PolyakAverage average, int rounds) {
    for (int round = 0; round < rounds; round++) {
      average.roundEnded(round, Nd4j.createFromArray((float) round, 2f * round));
    }
    return average.mean().toFloatVector();
  }

  @Test
  void theLastShareOfTheRoundsCounts() {
    assertThat(after(new PolyakAverage(10, 0.3), 10)).containsExactly(8, 16);
    assertThat(after(new PolyakAverage(10, 1), 10)).containsExactly(4.5f, 9);
  }

  @Test
  void theLastRoundAlwaysCounts() {
    assertThat(after(new PolyakAverage(10, 0), 10)).containsExactly(9, 18);
    assertThat(after(new PolyakAverage(1, 0.1), 1)).containsExactly(0, 0);
  }

  @Test
  void fewerThanThreeRoundsAreNotAveraged() {
    assertThat(after(new PolyakAverage(20, 0.1), 20)).containsExactly(19, 38);
    assertThat(after(new PolyakAverage(2, 1), 2)).containsExactly(1, 2);
    assertThat(after(new PolyakAverage(25, 0.1), 25)).containsExactly(23, 46);
  }
}
