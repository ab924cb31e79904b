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
}
