package syscallanomaly.jobs.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.window.SequenceKind;

class SharedBatchTest {
  private static String line(int asked, int tasks) {
    TrainingSettings training =
        TrainingSettings.builder()
            .unit(SequenceKind.TRACES)
            .batchSize(26)
            .learningRate(0.015)
            .workers(asked)
            .build();
    return new SharedBatch(training, training.workersFor(tasks), tasks).line();
  }

  @Test
  void workersShareAndRateAreTold() {
    assertThat(line(0, 2))
        .isEqualTo(
            "train: 2 workers with 13 traces each in a mini-batch of 26, learning rate 0.0212");
    assertThat(line(1, 2))
        .isEqualTo("train: 1 worker with 26 traces in a mini-batch of 26, learning rate 0.0150");
  }

  @Test
  void manyCoresDoNotEnlargeTheMiniBatch() {
    assertThat(line(0, 64))
        .startsWith(
            "train: 2 workers with 13 traces each in a mini-batch of 26, learning rate 0.0212; ")
        .contains("64 tasks could run, but");
    assertThat(line(0, 64)).doesNotContain("costs");
  }

  @Test
  void smallSharesSayWhatTheyCost() {
    assertThat(line(4, 4))
        .startsWith(
            "train: 4 workers with 6 or 7 traces each in a mini-batch of 26, learning rate 0.0300;"
                + " ")
        .contains("so small a share costs held-out loss");
  }

  @Test
  void moreWorkersThanTheMiniBatchFeedsAreNotUsed() {
    assertThat(line(64, 64))
        .startsWith(
            "train: 13 workers with 2 traces each in a mini-batch of 26, learning rate 0.0541; ")
        .contains("training.workers = 64 is more than the mini-batch can feed")
        .contains("so small a share costs held-out loss");
  }
}
