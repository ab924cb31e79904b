package syscallanomaly.jobs.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.drift.InputDrift;
import syscallanomaly.jobs.configuration.PromotionSettings;

/**
 * Compares what was measured of a detector with the limits of a promotion. Without a detector in
 * use there are only the gates that need no other.
 *
 * @param settings the limits
 */
record Gates(PromotionSettings settings) {
  private static final String NO_MODEL = "the detector has no language model";

  /** The gates in the order in which they are shown. */
  List<Gate> of(Measured measured) {
    List<Gate> gates = new ArrayList<>();
    gates.add(unscored(measured.candidate()));
    measured.current().ifPresent(current -> addComparison(gates, measured, current));
    addCollapse(gates, measured);
    if (measured.current().isPresent()) {
      addDrift(gates, measured.drift());
    }
    gates.add(
        Gate.atMost(
            "unknown_calls",
            measured.unknownCalls(),
            settings.maxUnknownCalls(),
            "share of the validation traces' calls that the detector does not know"));
    gates.add(rejected(measured));
    return gates;
  }

  private static Gate unscored(DetectorFigures candidate) {
    return Gate.atMost(
        "unscored_traces",
        (double) candidate.unscored(),
        0,
        "traces whose score is no finite number:");
  }

  private void addComparison(List<Gate> gates, Measured measured, DetectorFigures current) {
    DetectorFigures candidate = measured.candidate();
    if (!measured.shared()) {
      String why = "the detector in use has no %s".formatted(measured.detector());
      gates.add(Gate.notMeasured("auc", why));
      gates.add(Gate.notMeasured("false_alarm_rate", why));
    } else {
      gates.add(auc(measured.detector(), candidate, current));
      gates.add(falseAlarms(measured, current));
    }
    gates.add(loss(candidate, current));
  }

  private Gate auc(String detector, DetectorFigures candidate, DetectorFigures current) {
    if (candidate.auc().isEmpty() || current.auc().isEmpty()) {
      return Gate.notMeasured(
          "auc",
          candidate.unscored() + current.unscored() > 0
              ? "some traces have no score"
              : "there are no attack traces");
    }
    double now = current.auc().getAsDouble();
    return Gate.atLeast(
            "auc",
            candidate.auc().getAsDouble(),
            now - settings.aucMargin(),
            "AUC of %s".formatted(detector))
        .than(now, settings.aucMargin());
  }

  private Gate falseAlarms(Measured measured, DetectorFigures current) {
    double now = current.falseAlarmRate();
    if (Double.isNaN(now) || Double.isNaN(measured.candidate().falseAlarmRate())) {
      return Gate.notMeasured("false_alarm_rate", "some traces have no score");
    }
    return Gate.atMost(
            "false_alarm_rate",
            measured.candidate().falseAlarmRate(),
            now + settings.falseAlarmMargin(),
            alarms(measured))
        .than(now, settings.falseAlarmMargin());
  }

  private static String alarms(Measured measured) {
    return "share of validation traces with an alarm of %s, at %s asked,"
        .formatted(measured.detector(), Figures.text(measured.falseAlarmRate()));
  }

  private Gate loss(DetectorFigures candidate, DetectorFigures current) {
    String gate = "next_call_loss";
    if (candidate.nextCall().isEmpty() || current.nextCall().isEmpty()) {
      return Gate.notMeasured(gate, "one of the detectors has no language model");
    }
    long predictions = candidate.nextCall().get().predictions();
    long predictionsNow = current.nextCall().get().predictions();
    if (predictions != predictionsNow) {
      return Gate.notMeasured(
          gate,
          "the language models read other sequences, and predict %d and %d calls"
              .formatted(predictions, predictionsNow));
    }
    double now = current.nextCall().get().loss();
    return Gate.atMost(
            gate,
            candidate.nextCall().get().loss(),
            now + settings.lossMargin(),
            "next-call loss on validation traces")
        .than(now, settings.lossMargin());
  }

  private void addCollapse(List<Gate> gates, Measured measured) {
    DetectorFigures candidate = measured.candidate();
    Optional<NextCall> nextCall = candidate.nextCall();
    gates.add(
        nextCall
            .map(figures -> finite(figures.loss()))
            .orElseGet(() -> Gate.notMeasured("finite_loss", NO_MODEL)));
    gates.add(
        nextCall
            .map(
                figures ->
                    Gate.atLeast(
                        "next_call_accuracy",
                        figures.accuracy(),
                        settings.minAccuracy(),
                        "share of next calls predicted in validation traces"))
            .orElseGet(() -> Gate.notMeasured("next_call_accuracy", NO_MODEL)));
    gates.add(
        Double.isNaN(candidate.falseAlarmRate())
            ? Gate.notMeasured("false_alarm_ceiling", "some traces have no score")
            : Gate.atMost(
                "false_alarm_ceiling",
                candidate.falseAlarmRate(),
                settings.maxFalseAlarmRate(),
                alarms(measured)));
  }

  private static Gate finite(double loss) {
    return new Gate(
        "finite_loss",
        Double.isFinite(loss) ? loss : null,
        null,
        Double.isFinite(loss),
        "next-call loss on validation traces %s, must be a finite number"
            .formatted(Figures.text(loss)));
  }

  private void addDrift(List<Gate> gates, Optional<InputDrift> drift) {
    if (drift.isEmpty()) {
      String why =
          "a detector of an earlier release does not tell what its training traces were like";
      gates.add(Gate.notMeasured("call_drift", why));
      gates.add(Gate.notMeasured("length_drift", why));
      gates.add(Gate.notMeasured("new_calls", why));
      return;
    }
    InputDrift measured = drift.get();
    gates.add(
        Gate.atMost(
            "call_drift",
            measured.calls(),
            settings.maxCallDrift(),
            "population stability index of the training traces' calls"));
    gates.add(
        Gate.atMost(
            "length_drift",
            measured.lengths(),
            Math.max(settings.maxLengthDrift(), measured.lengthsByChance()),
            "population stability index of the training traces' lengths"));
    gates.add(
        Gate.atMost(
            "new_calls",
            measured.newCalls(),
            settings.maxNewCalls(),
            "share of the training traces' calls that are new"));
  }

  private Gate rejected(Measured measured) {
    return measured.rejected().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            worst ->
                Gate.atMost(
                    "rejected_share",
                    worst.getValue(),
                    settings.maxRejectedShare(),
                    "share of the %s files and traces rejected".formatted(worst.getKey())))
        .orElseGet(() -> Gate.notMeasured("rejected_share", "no split was read"));
  }
}
