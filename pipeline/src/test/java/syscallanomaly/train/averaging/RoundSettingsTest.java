package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.window.SequenceKind;

class RoundSettingsTest {
  private static final int WORKERS = 4;
  private static final int ROUNDS = 10;
  private static final long UPDATES = 5;
  private static final TrainingSettings TRAINING =
      TrainingSettings.builder()
          .unit(SequenceKind.TRACES)
          .truncation(20, 200)
          .epochs(4)
          .averagingFrequency(5)
          .build();

  private static BatchSettings settings(Schedule schedule, int epoch, int round, int batch) {
    return settings(TRAINING.toBuilder().schedule(schedule).build(), epoch, round, batch);
  }

  private static BatchSettings settings(
      TrainingSettings training, int epoch, int round, int batch) {
    return new RoundSettings(training, WORKERS, epoch, round * UPDATES, ROUNDS * UPDATES)
        .batch(batch);
  }

  private static double rate(Schedule schedule, int epoch, int round, int batch) {
    return settings(schedule, epoch, round, batch).learningRate();
  }

  @Test
  void aLinearScheduleFallsEvenlyOverTheWholeTraining() {
    assertThat(rate(Schedule.LINEAR, 1, 0, 0)).isCloseTo(0.002, within(1e-12));
    assertThat(rate(Schedule.LINEAR, 3, 0, 0)).isCloseTo(0.001, within(1e-12));
    assertThat(rate(Schedule.LINEAR, 4, 9, 4)).isCloseTo(0.00001, within(1e-12));
  }

  @Test
  void aConstantScheduleStaysAtTheWorkersRate() {
    assertThat(rate(Schedule.CONSTANT, 1, 0, 0)).isEqualTo(0.002);
    assertThat(rate(Schedule.CONSTANT, 4, 9, 4)).isEqualTo(0.002);
  }

  /** 8 of the 40 rounds warm up. */
  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 1, 0, 0, 0",
    "CONSTANT, 1, 0, 1, 0.00005",
    "CONSTANT, 1, 4, 0, 0.001",
    "CONSTANT, 1, 8, 0, 0.002",
    "CONSTANT, 4, 9, 4, 0.002",
    "LINEAR, 1, 4, 0, 0.0009",
    "LINEAR, 1, 8, 0, 0.0016",
    "LINEAR, 3, 0, 0, 0.001",
  })
  void theLearningRateRisesFromZeroInTheWarmUp(
      Schedule schedule, int epoch, int round, int batch, double expected) {
    TrainingSettings training = TRAINING.toBuilder().warmUp(0.2).schedule(schedule).build();

    assertThat(settings(training, epoch, round, batch).learningRate())
        .isCloseTo(expected, within(1e-15));
  }

  @Test
  void truncationGrowsEvenlyOverTheWholeTraining() {
    assertThat(settings(Schedule.CONSTANT, 1, 0, 0).truncation()).isEqualTo(20);
    assertThat(settings(Schedule.CONSTANT, 2, 5, 0).truncation()).isEqualTo(88);
    assertThat(settings(Schedule.CONSTANT, 4, 9, 4).truncation()).isEqualTo(199);
  }

  @ParameterizedTest
  @EnumSource(LstmImplementation.class)
  void theyReachAWorkersNetworkAndNotTheModel(LstmImplementation lstm) {
    MultiLayerNetwork model =
        NetworkBuilder.buildForTraces(
            new NetworkSettings(List.of(4), 0, 0), 5, 3, rmsProp(0.01), 1);
    MultiLayerNetwork worker = RoundStart.of("a", lstm, model).newNetwork();
    new BatchSettings(0.004, 7).applyTo(worker);
    INDArray gradient = Nd4j.ones(DataType.FLOAT, 1, model.numParams());
    updater(worker).applyUpdater(gradient, 0, 0);

    // The mean square of ones is 0.1 after the first step.
    assertThat(gradient.getDouble(3)).isCloseTo(0.004 / Math.sqrt(0.1), within(1e-6));
    assertThat(worker.getLayerWiseConfigurations().getTbpttFwdLength()).isEqualTo(7);
    assertThat(worker.getLayerWiseConfigurations().getTbpttBackLength()).isEqualTo(7);
    assertThat(model.getLayerWiseConfigurations().getTbpttFwdLength()).isEqualTo(3);
    assertThat(((RmsPropUpdater) updater(model)).getConfig().getLearningRate()).isEqualTo(0.01);
  }

  private static GradientUpdater<?> updater(MultiLayerNetwork network) {
    return ((MultiLayerUpdater) network.getUpdater())
        .getUpdaterBlocks()
        .get(0)
        .getGradientUpdater();
  }
}
