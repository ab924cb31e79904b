package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.window.SequenceKind;

class TrainingSettingsTest {
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          SequenceKind.WINDOWS,
          new Truncation(100, 100),
          1,
          50,
          0.001,
          Schedule.CONSTANT,
          5,
          0.1,
          0,
          3,
          0);

  @Test
  void workersShareABatch() {
    assertThat(SETTINGS.batchSizePerWorker(1)).isEqualTo(50);
    assertThat(SETTINGS.batchSizePerWorker(2)).isEqualTo(25);
    assertThat(SETTINGS.batchSizePerWorker(100)).isEqualTo(TrainingSettings.SMALLEST_BATCH);
  }

  @Test
  void theLearningRateGrowsWithTheRootOfTheWorkers() {
    assertThat(SETTINGS.learningRateOf(1)).isEqualTo(0.001);
    assertThat(SETTINGS.learningRateOf(4)).isCloseTo(0.002, within(1e-12));
  }
}
