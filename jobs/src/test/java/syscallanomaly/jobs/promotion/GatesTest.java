package syscallanomaly.jobs.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.drift.InputDrift;
import syscallanomaly.jobs.configuration.PromotionSettings;
import syscallanomaly.trace.Split;

/** What passes at which figures. */
class GatesTest {
  private static final PromotionSettings SETTINGS =
      new PromotionSettings("", .02, .03, .1, .2, .3, .05, .01, .25, .2, .04, 5, false);
  private static final InputDrift NONE = new InputDrift(0, 0, 0, 0);
  private static final DetectorFigures USUAL = figures(.8, .1, 1.5, .5);

  private static DetectorFigures figures(double auc, double alarms, double loss, double accuracy) {
    return new DetectorFigures(
        0,
        OptionalDouble.of(auc),
        alarms,
        Optional.of(new NextCall(Split.VALIDATION, 100, loss, accuracy, accuracy)));
  }

  private static Measured measured(DetectorFigures candidate) {
    return new Measured(
        "stide",
        true,
        .05,
        candidate,
        Optional.of(USUAL),
        0,
        new TreeMap<>(Map.of("training", 0.0)),
        Optional.of(NONE));
  }

  private static Measured first(DetectorFigures candidate) {
    return new Measured(
        "stide",
        false,
        .05,
        candidate,
        Optional.empty(),
        0,
        new TreeMap<>(Map.of("validation", 0.0)),
        Optional.empty());
  }

  private static List<Gate> gates(Measured measured) {
    return new Gates(SETTINGS).of(measured);
  }

  private static List<String> refusing(Measured measured) {
    return gates(measured).stream().filter(Gate::refuses).map(Gate::gate).toList();
  }

  private static Gate gate(String name, Measured measured) {
    return gates(measured).stream().filter(gate -> gate.gate().equals(name)).findFirst().get();
  }

  @Test
  void theSameFiguresPassEveryGate() {
    assertThat(gates(measured(USUAL)))
        .allMatch(gate -> Boolean.TRUE.equals(gate.passed()))
        .extracting(Gate::gate)
        .containsExactly(
            "unscored_traces",
            "auc",
            "false_alarm_rate",
            "next_call_loss",
            "finite_loss",
            "next_call_accuracy",
            "false_alarm_ceiling",
            "call_drift",
            "length_drift",
            "new_calls",
            "unknown_calls",
            "rejected_share");
  }

  /** .8 - .02 and .1 + .03 are no sums that a double holds exactly. */
  @Test
  void figuresMayBeWorseByTheMarginAndNoMore() {
    assertThat(refusing(measured(figures(.78, .13, 1.6, .2)))).isEmpty();
    assertThat(refusing(measured(figures(.7799, .1, 1.5, .5)))).containsExactly("auc");
    assertThat(refusing(measured(figures(.8, .1301, 1.5, .5)))).containsExactly("false_alarm_rate");
    assertThat(refusing(measured(figures(.8, .1, 1.6001, .5)))).containsExactly("next_call_loss");
    assertThat(refusing(measured(figures(.8, .1, 1.5, .1999))))
        .containsExactly("next_call_accuracy");
    assertThat(gate("auc", measured(figures(.7, .1, 1.5, .5))))
        .isEqualTo(
            new Gate(
                "auc",
                .7,
                .78,
                false,
                "AUC of stide 0.7, at least 0.78 (0.8 of the detector in use, and a margin of 0.02)"));
  }

  @Test
  void aFirstDetectorIsComparedWithNone() {
    assertThat(gates(first(figures(.1, .3, 9, .2))))
        .allMatch(gate -> Boolean.TRUE.equals(gate.passed()))
        .extracting(Gate::gate)
        .containsExactly(
            "unscored_traces",
            "finite_loss",
            "next_call_accuracy",
            "false_alarm_ceiling",
            "unknown_calls",
            "rejected_share");
    assertThat(refusing(first(figures(.9, .3001, 1, .5)))).containsExactly("false_alarm_ceiling");
  }

  @Test
  void aCollapsedModelIsRefused() {
    assertThat(refusing(first(figures(.9, .1, Double.NaN, 0))))
        .containsExactly("finite_loss", "next_call_accuracy");
    assertThat(gate("finite_loss", first(figures(.9, .1, Double.POSITIVE_INFINITY, .5))))
        .isEqualTo(
            new Gate(
                "finite_loss",
                null,
                null,
                false,
                "next-call loss on validation traces Infinity, must be a finite number"));
    DetectorFigures unscored =
        new DetectorFigures(3, OptionalDouble.empty(), Double.NaN, USUAL.nextCall());
    assertThat(refusing(measured(unscored))).containsExactly("unscored_traces");
    assertThat(gate("auc", measured(unscored)).reason())
        .isEqualTo("not measured: some traces have no score");
  }

  @Test
  void whatCannotBeMeasuredSaysSoAndRefusesNothing() {
    DetectorFigures without = new DetectorFigures(0, OptionalDouble.empty(), .1, Optional.empty());
    Measured measured =
        new Measured(
            "stide",
            true,
            .05,
            without,
            Optional.of(without),
            0,
            new TreeMap<>(Map.of("training", 0.0)),
            Optional.empty());

    assertThat(refusing(measured)).isEmpty();
    assertThat(gates(measured).stream().filter(gate -> !gate.isMeasured()).map(Gate::gate))
        .containsExactly(
            "auc",
            "next_call_loss",
            "finite_loss",
            "next_call_accuracy",
            "call_drift",
            "length_drift",
            "new_calls");
    assertThat(gate("auc", measured).reason())
        .isEqualTo("not measured: there are no attack traces");
    assertThat(gate("call_drift", measured).reason())
        .isEqualTo(
            "not measured: a detector of an earlier release does not tell what its training traces"
                + " were like");
  }

  @Test
  void modelsThatPredictOtherCallsAreNotCompared() {
    DetectorFigures other =
        new DetectorFigures(
            0,
            OptionalDouble.of(.8),
            .1,
            Optional.of(new NextCall(Split.VALIDATION, 99, 9, .5, .5)));

    assertThat(gate("next_call_loss", measured(other)).reason())
        .isEqualTo(
            "not measured: the language models read other sequences, and predict 99 and 100 calls");
  }

  @Test
  void driftIsRefusedUnlessChanceBringsAsMuch() {
    Measured usual = measured(USUAL);
    assertThat(refusing(with(usual, new InputDrift(.26, .21, .1, .05))))
        .containsExactly("call_drift", "length_drift", "new_calls");
    assertThat(refusing(with(usual, new InputDrift(.25, .5, .6, .04)))).isEmpty();
    assertThat(gate("length_drift", with(usual, new InputDrift(0, .5, .6, 0))).limit())
        .isEqualTo(.6);
  }

  private static Measured with(Measured measured, InputDrift drift) {
    return new Measured(
        measured.detector(),
        measured.shared(),
        measured.falseAlarmRate(),
        measured.candidate(),
        measured.current(),
        measured.unknownCalls(),
        measured.rejected(),
        Optional.of(drift));
  }

  @Test
  void theWorstSplitCountsForRejects() {
    Measured measured =
        new Measured(
            "stide",
            true,
            .05,
            USUAL,
            Optional.of(USUAL),
            .051,
            new TreeMap<>(Map.of("training", .001, "validation", .02, "attack", 0.0)),
            Optional.of(NONE));

    assertThat(refusing(measured)).containsExactly("unknown_calls", "rejected_share");
    assertThat(gate("rejected_share", measured).reason())
        .isEqualTo("share of the validation files and traces rejected 0.02, at most 0.01");
  }
}
