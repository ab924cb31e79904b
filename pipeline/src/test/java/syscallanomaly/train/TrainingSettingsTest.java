package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import syscallanomaly.model.UpdateRule;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.train.optimiser.AdamOptimiser;
import syscallanomaly.window.SequenceKind;

class TrainingSettingsTest {
  private static final TrainingSettings SETTINGS = TrainingSettings.builder().build();

  @Test
  void aMiniBatchLimitsTheWorkers() {
    TrainingSettings small = SETTINGS.toBuilder().batchSize(26).build();

    assertThat(small.workersFor(64)).as("useful shares").isEqualTo(2);
    assertThat(small.workersFor(2)).isEqualTo(2);
    assertThat(small.toBuilder().workers(8).build().workersFor(2)).isEqualTo(8);
    assertThat(small.toBuilder().workers(64).build().workersFor(64))
        .as("smallest shares")
        .isEqualTo(13);
    assertThat(small.toBuilder().batchSize(2).build().workersFor(64)).isEqualTo(1);
    assertThat(small.learningRateOf(small.workersFor(64)))
        .isCloseTo(0.001 * Math.sqrt(2), within(1e-12));
  }

  @Test
  void theLearningRateGrowsWithTheRootOfTheWorkers() {
    assertThat(SETTINGS.learningRateOf(1)).isEqualTo(0.001);
    assertThat(SETTINGS.learningRateOf(4)).isCloseTo(0.002, within(1e-12));
  }

  @Test
  void theUpdateRuleIsThatOfTheOptimiserAtTheWorkersRate() {
    TrainingSettings settings =
        SETTINGS.toBuilder().optimiser(new AdamOptimiser()).gradientNormLimit(2.5).build();

    assertThat(settings.updateRule(4))
        .isEqualTo(new UpdateRule(new Adam(0.002, 0.9, 0.999, 1e-8), 2.5));
  }

  @Test
  void aBuilderKeepsWhatItIsNotToldToChange() {
    TrainingSettings settings =
        new TrainingSettings(
            SequenceKind.TRACES,
            new Truncation(20, 200),
            8,
            26,
            new AdamOptimiser(),
            0.015,
            0.1,
            Schedule.LINEAR,
            5,
            6,
            0.3,
            2,
            4,
            0.01);

    assertThat(settings.toBuilder().build()).isEqualTo(settings);
    assertThat(
            TrainingSettings.builder()
                .unit(SequenceKind.TRACES)
                .truncation(20, 200)
                .epochs(8)
                .batchSize(26)
                .optimiser(new AdamOptimiser())
                .learningRate(0.015)
                .warmUp(0.1)
                .schedule(Schedule.LINEAR)
                .gradientNormLimit(5)
                .averagingFrequency(6)
                .polyakAveraging(0.3)
                .workers(2)
                .patience(4)
                .minDelta(0.01)
                .build())
        .isEqualTo(settings);
  }

  private static Stream<Arguments> outOfRange() {
    return Stream.of(
        outOfRange(b -> b.truncation(0, 5), "a truncation of 0 to 5 calls: it must be at least 1"),
        outOfRange(b -> b.truncation(5, 0), "a truncation of 5 to 0 calls: it must be at least 1"),
        outOfRange(b -> b.epochs(0), "0 epochs: it must be at least 1"),
        outOfRange(b -> b.batchSize(1), "a batch size of 1: it must be at least 2"),
        outOfRange(
            b -> b.learningRate(0), "a learning rate of 0.0: it must be above 0 and at most 10"),
        outOfRange(
            b -> b.learningRate(Double.NaN),
            "a learning rate of NaN: it must be above 0 and at most 10"),
        outOfRange(
            b -> b.learningRate(1e99),
            "a learning rate of 1.0E99: it must be above 0 and at most 10"),
        outOfRange(
            b -> b.gradientNormLimit(Double.POSITIVE_INFINITY),
            "a gradient norm limit of Infinity: it must be 0 to 1000000"),
        outOfRange(b -> b.warmUp(1), "a warm-up of 1.0: it must be 0 to below 1"),
        outOfRange(b -> b.warmUp(-0.1), "a warm-up of -0.1: it must be 0 to below 1"),
        outOfRange(
            b -> b.gradientNormLimit(-1), "a gradient norm limit of -1.0: it must be 0 to 1000000"),
        outOfRange(
            b -> b.averagingFrequency(0), "an averaging frequency of 0: it must be at least 1"),
        outOfRange(
            b -> b.polyakAveraging(1.5),
            "Polyak averaging over 1.5 of an epoch: it must be 0 to 1"),
        outOfRange(b -> b.workers(-1), "-1 workers: it must be at least 0"),
        outOfRange(b -> b.patience(0), "a patience of 0 epochs: it must be at least 1"),
        outOfRange(b -> b.minDelta(-1), "a smallest improvement of -1.0: it must be 0 to 10"));
  }

  private static Arguments outOfRange(
      UnaryOperator<TrainingSettings.Builder> change, String expected) {
    return Arguments.of(change, expected);
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void numbersOutOfTheirRangeAreRefused(
      UnaryOperator<TrainingSettings.Builder> change, String expected) {
    TrainingSettings.Builder builder = change.apply(TrainingSettings.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot train with " + expected);
  }
}
