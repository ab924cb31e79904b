package syscallanomaly.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Summary;
import syscallanomaly.report.AlarmBasis;
import syscallanomaly.report.ReportData;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/** Writes the lines that a run shows on the terminal when it ends; detection comes first. */
public final class ClosingSummary {
  private ClosingSummary() {}

  /**
   * Adds the lines to a summary, and what the first detector reported to its figures.
   *
   * @param summary receives the lines
   * @param data the figures of the run
   * @param folder the folder of the run
   */
  public static void add(Summary summary, ReportData data, RunFolder folder) {
    new DetectionLines(data).lines().forEach(summary::add);
    for (DataProfile profile : data.dataProfile()) {
      summary.add(
          line(
              "%-11s %,d traces, %,d calls, %,d windows, %,d rejected",
              profile.split().label(),
              profile.traces(),
              profile.calls(),
              profile.windows(),
              profile.rejected()));
    }
    data.epochs().stream()
        .filter(EpochResult::kept)
        .forEach(
            epoch ->
                summary.add(
                    line(
                        "%-11s epoch %d of %d kept: held-out loss %.4f, accuracy %.4f",
                        "model",
                        epoch.epoch(),
                        data.epochs().size(),
                        epoch.heldOutLoss(),
                        epoch.heldOutAccuracy())));
    for (NextCall next : data.nextCalls()) {
      summary.add(
          line(
              "%-11s next call: loss %.4f, perplexity %.2f, accuracy %.4f, top five %.4f",
              next.split().label(),
              next.loss(),
              next.perplexity(),
              next.accuracy(),
              next.top5Accuracy()));
    }
    alarmsThatCannotBe(data.alarmBases()).ifPresent(summary::add);
    summary.add("report      " + folder.report());
    tellAlarms(summary, data);
  }

  /**
   * Tells what the first detector reported, as far as it can report anything: {@code alarm_rate} of
   * the normal test traces, {@code detection_rate} of the attacks.
   */
  private static void tellAlarms(Summary summary, ReportData data) {
    if (data.alarms().isEmpty()) {
      return;
    }
    String first = data.alarms().get(0).detector();
    summary.figure("detector", first);
    boolean canRaise =
        data.alarmBases().stream()
            .anyMatch(basis -> basis.detector().equals(first) && basis.allowsAlarms());
    data.alarms().stream()
        .filter(alarms -> canRaise && alarms.detector().equals(first))
        .forEach(
            alarms ->
                summary.figure(
                    alarms.split() == Split.VALIDATION ? "alarm_rate" : "detection_rate",
                    alarms.rate()));
  }

  /**
   * Says that there are too few held-out traces for an alarm. Otherwise none looks like success.
   */
  private static Optional<String> alarmsThatCannotBe(List<AlarmBasis> bases) {
    List<AlarmBasis> without = bases.stream().filter(basis -> !basis.allowsAlarms()).toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    AlarmBasis first = without.get(0);
    return Optional.of(
        line(
            "%-11s none is possible for %s: a false-alarm rate of %s needs %,d calibrating traces; give more training traces, raise scoring.false-alarm-rate, or for the LSTM scoring.lstm-folds",
            "alarms",
            without.stream()
                .map(basis -> line("%s (%,d)", basis.detector(), basis.heldOut()))
                .collect(Collectors.joining(", ")),
            first.falseAlarmRate(),
            first.needed()));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
