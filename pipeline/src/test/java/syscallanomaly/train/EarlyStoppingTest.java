package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  @Test
  void stopsAfterPatienceEpochsWithoutImprovementAndKeepsTheBest() {
    EarlyStopping stopping = new EarlyStopping(2, 0.01);

    assertThat(stopping.improvedBy(3.0)).isTrue();
    assertThat(stopping.improvedBy(2.0)).isTrue();
    assertThat(stopping.improvedBy(1.995)).as("less than min-delta").isFalse();
    assertThat(stopping.shouldStop()).isFalse();
    assertThat(stopping.improvedBy(2.5)).isFalse();
    assertThat(stopping.shouldStop()).isTrue();
    assertThat(stopping.bestEpoch()).isEqualTo(2);
  }

  @Test
  void anImprovementStartsTheCountAgain() {
    EarlyStopping stopping = new EarlyStopping(2, 0);
    stopping.improvedBy(3.0);
    stopping.improvedBy(3.5);
    stopping.improvedBy(2.0);
    stopping.improvedBy(2.5);

    assertThat(stopping.shouldStop()).isFalse();
    assertThat(stopping.bestEpoch()).isEqualTo(3);
  }
}
