package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void pValuesCountTheNormalTracesThatLookAtLeastAsUnusual() {
    Calibration calibration = new Calibration(new double[] {3, 1, 2, 2});

    assertThat(calibration.pValue(0.5)).isEqualTo(1.0);
    assertThat(calibration.pValue(2)).isCloseTo(4.0 / 5, within(1e-12));
    assertThat(calibration.pValue(2.5)).isCloseTo(2.0 / 5, within(1e-12));
    assertThat(calibration.pValue(4)).isCloseTo(1.0 / 5, within(1e-12));
    assertThat(calibration.alarm(2, 0.4)).isFalse();
    assertThat(calibration.alarm(2.5, 0.4)).isTrue();
    assertThat(calibration.threshold(0.4)).isEqualTo(2);
  }

  @Test
  void tooFewTracesRaiseNoAlarmAtAll() {
    Calibration calibration = new Calibration(new double[] {1, 2, 3});

    assertThat(calibration.alarm(1e9, 0.05)).isFalse();
    assertThat(calibration.threshold(0.05)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new Calibration(new double[0]).pValue(7)).isEqualTo(1);
  }

  @Property(tries = 300)
  void asManyTracesAsNeededAllowAnAlarmAndOneLessDoesNot(
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double rate) {
    int needed = Math.toIntExact(Calibration.tracesNeeded(rate));

    assertThat(new Calibration(new double[needed]).threshold(rate)).isFinite();
    assertThat(new Calibration(new double[needed - 1]).threshold(rate)).isInfinite();
  }

  @Test
  void fivePercentNeedNineteenTraces() {
    assertThat(Calibration.tracesNeeded(0.05)).isEqualTo(19);
    assertThat(Calibration.tracesNeeded(0.01)).isEqualTo(99);
    assertThat(Calibration.tracesNeeded(0.5)).isEqualTo(1);
  }

  @Property(tries = 300)
  void aTraceIsReportedExactlyAboveTheThreshold(
      @ForAll @Size(max = 60) @DoubleRange(min = 0, max = 3) double[] normal,
      @ForAll @DoubleRange(min = 0, max = 4) double score,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double rate) {
    Calibration calibration = new Calibration(normal);

    boolean alarm = calibration.alarm(score, rate);
    assertThat(alarm).isEqualTo(score > calibration.threshold(rate));
    assertThat(alarm).isEqualTo(calibration.pValue(score) <= rate);
  }

  @Test
  void falseAlarmsOfLikeTracesStayAtTheAskedRate() {
    SplittableRandom random = new SplittableRandom(1);
    long alarms = 0;
    for (int repeat = 0; repeat < 2000; repeat++) {
      double[] normal = random.doubles(99).toArray();
      alarms += new Calibration(normal).alarm(random.nextDouble(), 0.05) ? 1 : 0;
    }
    assertThat(alarms / 2000.0).isBetween(0.03, 0.07);
  }

  @Property(tries = 300)
  void copiesCountAsOftenAsTheScoreItself(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 5) Integer> scores,
      @ForAll @Size(value = 20) List<@IntRange(min = 1, max = 9) Integer> copies,
      @ForAll @DoubleRange(min = -1, max = 6) double score,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double rate) {
    double[] once = scores.stream().mapToDouble(Integer::doubleValue).toArray();
    long[] numbers = copies.stream().limit(once.length).mapToLong(Integer::longValue).toArray();
    double[] written =
        IntStream.range(0, once.length)
            .mapToObj(i -> DoubleStream.generate(() -> once[i]).limit(numbers[i]))
            .flatMapToDouble(copy -> copy)
            .toArray();
    Calibration counted = new Calibration(once, numbers);
    Calibration repeated = new Calibration(written);

    assertThat(counted.traces()).isEqualTo(written.length);
    assertThat(counted.pValue(score)).isEqualTo(repeated.pValue(score));
    assertThat(counted.threshold(rate)).isEqualTo(repeated.threshold(rate));
  }

  @Test
  void copiesWeighTheirScore() {
    Calibration calibration = new Calibration(new double[] {2, 1}, new long[] {3, 16});

    assertThat(calibration.traces()).isEqualTo(19);
    assertThat(calibration.pValue(2)).isEqualTo(4.0 / 20);
    assertThat(calibration.pValue(1.5)).isEqualTo(4.0 / 20);
    assertThat(calibration.pValue(2.5)).isEqualTo(1.0 / 20);
    assertThat(calibration.threshold(.2)).isEqualTo(1);
    assertThat(calibration.threshold(.05)).isEqualTo(2);
    assertThat(calibration.threshold(.04)).isInfinite();
  }

  @Test
  void aZeroIsAZeroWithEitherSign() {
    Calibration calibration = new Calibration(new double[] {-0.0, 0.0});

    assertThat(calibration.pValue(0.0)).isEqualTo(1);
    assertThat(calibration.pValue(-0.0)).isEqualTo(1);
  }

  @Test
  void refusesScoresThatCannotCalibrate() {
    assertThatThrownBy(() -> new Calibration(new double[] {1, 2}, new long[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot calibrate with 2 scores and 1 numbers of copies: give each score one");
    assertThatThrownBy(() -> new Calibration(new double[] {1.5}, new long[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot calibrate with 0 copies of the score 1.5: a score must be a number and stand for"
                + " at least one trace");
    assertThatThrownBy(() -> new Calibration(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of the score NaN");
  }

  @Test
  void aSerialisedCalibrationIsTheSame() {
    Calibration calibration = new Calibration(new double[] {2, 1}, new long[] {3, 16});

    Calibration copy = SerializationUtils.clone(calibration);

    assertThat(copy.pValue(1.5)).isEqualTo(calibration.pValue(1.5));
    assertThat(copy.threshold(.05)).isEqualTo(calibration.threshold(.05));
  }
}
