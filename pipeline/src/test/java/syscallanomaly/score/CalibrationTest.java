package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void pValuesCountTheNormalTracesThatLookAtLeastAsUnusual() {
    Calibration calibration = new Calibration(new double[] {3, 1, 2, 2}, 0.4);

    assertThat(calibration.pValue(0.5)).isEqualTo(1.0);
    assertThat(calibration.pValue(2)).isCloseTo(4.0 / 5, within(1e-12));
    assertThat(calibration.pValue(2.5)).isCloseTo(2.0 / 5, within(1e-12));
    assertThat(calibration.pValue(4)).isCloseTo(1.0 / 5, within(1e-12));
    assertThat(calibration.alarm(2)).isFalse();
    assertThat(calibration.alarm(2.5)).isTrue();
    assertThat(calibration.threshold()).isEqualTo(2);
  }

  @Test
  void tooFewTracesRaiseNoAlarmAtAll() {
    Calibration calibration = new Calibration(new double[] {1, 2, 3}, 0.05);

    assertThat(calibration.alarm(1e9)).isFalse();
    assertThat(calibration.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new Calibration(new double[0], 0.05).pValue(7)).isEqualTo(1);
  }

  @Property(tries = 300)
  void asManyTracesAsNeededAllowAnAlarmAndOneLessDoesNot(
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double rate) {
    int needed = Math.toIntExact(Calibration.tracesNeeded(rate));

    assertThat(new Calibration(new double[needed], rate).threshold()).isFinite();
    assertThat(new Calibration(new double[needed - 1], rate).threshold()).isInfinite();
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
    Calibration calibration = new Calibration(normal, rate);

    assertThat(calibration.alarm(score)).isEqualTo(score > calibration.threshold());
  }

  @Test
  void falseAlarmsStayAtTheConfiguredRate() {
    SplittableRandom random = new SplittableRandom(1);
    long alarms = 0;
    for (int repeat = 0; repeat < 2000; repeat++) {
      double[] normal = random.doubles(99).toArray();
      alarms += new Calibration(normal, 0.05).alarm(random.nextDouble()) ? 1 : 0;
    }
    assertThat(alarms / 2000.0).isBetween(0.03, 0.07);
  }
}
