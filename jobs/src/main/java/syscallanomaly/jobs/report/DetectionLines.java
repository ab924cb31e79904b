package syscallanomaly.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.report.ReportData;

/**
 * Writes what the detectors of a run came to, for a terminal of 100 columns: a sentence about the
 * first detector, a table of all detectors, and what the first one raised of what was asked.
 */
final class DetectionLines {
  private static final String NONE = "-";
  private static final String DETECTOR_ROW = "%-16s %-23s %9s %15s %13s %8s %8s";
  private static final String ALARM_ROW = "%-6s %-23s %18s   %s";

  private final ReportData data;

  DetectionLines(ReportData data) {
    this.data = data;
  }

  /** The lines; none if no trace was scored. Each block ends with an empty line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Optional<String> first =
        data.operatingPoints().stream().map(OperatingPoint::detector).findFirst();
    if (first.isEmpty()) {
      return lines;
    }
    lines.add(opening(first.get()));
    lines.add("");
    addDetectors(lines);
    addAlarms(lines, first.get());
    return lines;
  }

  private String opening(String detector) {
    return detection(detector, Population.OFFICIAL)
        .map(
            row ->
                line(
                    "%s finds %s of %,d attack traces at 5 %% false alarms",
                    detector,
                    percent(row.tprAtFpr05(), row.tprAtFpr05Low(), row.tprAtFpr05High()),
                    row.attacks()))
        .orElse(line("%s scored no attack traces, so nothing is known of what it finds", detector));
  }

  private void addDetectors(List<String> lines) {
    List<Detection> official =
        data.detections().stream()
            .filter(row -> row.population() == Population.OFFICIAL)
            .filter(row -> row.family().equals(Detection.ALL_FAMILIES))
            .toList();
    if (official.isEmpty()) {
      return;
    }
    lines.add(
        line(
            DETECTOR_ROW,
            "detector",
            "AUC official (95 %)",
            "distinct",
            "without execve",
            "found at 5 %",
            "10 %",
            "20 %"));
    for (Detection row : official) {
      lines.add(
          line(
              DETECTOR_ROW,
              row.detector(),
              decimal(row.auc()) + interval("%.3f", row.aucLow(), row.aucHigh()),
              auc(row.detector(), Population.DISTINCT),
              auc(row.detector(), Population.WITHOUT_EXECVE),
              percent(row.tprAtFpr05()),
              percent(row.tprAtFpr10()),
              percent(row.tprAtFpr20())));
    }
    lines.add("");
  }

  private void addAlarms(List<String> lines, String detector) {
    lines.add(line("What was asked of %s and what came", detector));
    lines.add(
        line(
            ALARM_ROW,
            "asked",
            "false alarms raised",
            line("of %,d a day", data.settings().tracesADay()),
            "attacks found"));
    data.operatingPoints().stream()
        .filter(point -> point.detector().equals(detector))
        .filter(point -> point.population() == Population.OFFICIAL)
        .map(this::alarms)
        .forEach(lines::add);
    lines.add("");
  }

  private String alarms(OperatingPoint point) {
    String asked = line("%.0f %%", 100 * point.askedFalseAlarmRate());
    if (point.threshold() == null) {
      return line("%-6s no alarm is possible with so few held-out traces", asked);
    }
    return line(
        ALARM_ROW,
        asked,
        percent(point.falseAlarmRate(), point.falseAlarmRateLow(), point.falseAlarmRateHigh()),
        line("%,.0f", data.settings().falseAlarmsADay(point.falseAlarmRate())),
        point.detectionRate() == null
            ? NONE
            : percent(point.detectionRate(), point.detectionRateLow(), point.detectionRateHigh()));
  }

  private String auc(String detector, Population population) {
    return detection(detector, population).map(row -> decimal(row.auc())).orElse(NONE);
  }

  private Optional<Detection> detection(String detector, Population population) {
    return data.detections().stream()
        .filter(row -> row.detector().equals(detector) && row.population() == population)
        .filter(row -> row.family().equals(Detection.ALL_FAMILIES))
        .findFirst();
  }

  private static String decimal(double value) {
    return line("%.3f", value);
  }

  private static String percent(double share) {
    return line("%.1f %%", 100 * share);
  }

  private static String percent(double share, Double low, Double high) {
    return percent(share)
        + (low == null || high == null ? "" : interval("%.1f", 100 * low, 100 * high));
  }

  private static String interval(String format, Double low, Double high) {
    return low == null || high == null
        ? ""
        : line(" (%s to %s)", line(format, low), line(format, high));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
