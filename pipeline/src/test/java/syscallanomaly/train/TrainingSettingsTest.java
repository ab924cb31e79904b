package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.window.HoldOut;

class TrainingSettingsTest {
  private static final TrainingSettings SETTINGS = settings(Schedule.CONSTANT);

  private static TrainingSettings settings(Schedule schedule) {
    return new TrainingSettings(
        TrainingSettings.Unit.WINDOWS,
        new Truncation(20, 200),
        4,
        50,
        0.001,
        schedule,
        5,
        0.1,
        0,
        new HoldOut(HoldOut.Rule.TAIL, 0.05),
        3,
        0);
  }

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

  @Test
  void aLinearScheduleFallsEvenlyOverTheWholeTraining() {
    TrainingSettings linear = settings(Schedule.LINEAR);

    assertThat(linear.roundSettings(4, 1, 0, 10).learningRate()).isCloseTo(0.002, within(1e-12));
    assertThat(linear.roundSettings(4, 3, 0, 10).learningRate()).isCloseTo(0.001, within(1e-12));
    assertThat(linear.roundSettings(4, 4, 9, 10).learningRate()).isCloseTo(0.00005, within(1e-12));
  }

  @Test
  void aConstantScheduleStaysAtTheWorkersRate() {
    assertThat(SETTINGS.roundSettings(4, 1, 0, 10).learningRate()).isEqualTo(0.002);
    assertThat(SETTINGS.roundSettings(4, 4, 9, 10).learningRate()).isEqualTo(0.002);
  }

  @Test
  void truncationGrowsEvenlyOverTheWholeTraining() {
    assertThat(SETTINGS.roundSettings(1, 1, 0, 10).truncation()).isEqualTo(20);
    assertThat(SETTINGS.roundSettings(1, 2, 5, 10).truncation()).isEqualTo(88);
    assertThat(SETTINGS.roundSettings(1, 4, 9, 10).truncation()).isEqualTo(196);
  }
}
