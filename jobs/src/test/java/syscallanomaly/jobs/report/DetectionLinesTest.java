package syscallanomaly.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.report.ReportData;
import syscallanomaly.report.ReportSettings;
import syscallanomaly.report.RunSummary;

class DetectionLinesTest {
  private static ReportData data(List<Detection> detections, List<OperatingPoint> points) {
    return new ReportData(
        new RunSummary("r", "succeeded", Instant.EPOCH, Instant.EPOCH, "1", 1, 1, "3.5", "f", "c"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        detections,
        points,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new ReportSettings(20_000),
        "",
        List.of());
  }

  private static Detection detection(String detector, String family, Population population) {
    double auc = population == Population.OFFICIAL ? .905 : .86;
    return new Detection(
        detector,
        family,
        population,
        4372,
        746,
        auc,
        .8712,
        .9329,
        .1,
        .391,
        .281,
        .502,
        .7,
        null,
        null,
        .8,
        .89,
        null,
        null,
        .2,
        null,
        null);
  }

  private static OperatingPoint point(String detector, Double threshold, Double found) {
    return new OperatingPoint(
        detector, Population.OFFICIAL, .05, threshold, .126, .1061, .1562, found, .3, .52);
  }

  @Test
  void opensWithTheFirstDetectorThenListsAllAndThenWhatCameOfWhatWasAsked() {
    List<Detection> detections =
        Stream.of("ensemble", "stide")
            .flatMap(
                detector ->
                    Stream.of(
                        detection(detector, Detection.ALL_FAMILIES, Population.OFFICIAL),
                        detection(detector, "Adduser", Population.OFFICIAL),
                        detection(detector, Detection.ALL_FAMILIES, Population.DISTINCT)))
            .toList();

    assertThat(new DetectionLines(data(detections, List.of(point("ensemble", 1.5, .41)))).lines())
        .containsExactly(
            "ensemble finds 39.1 % (28.1 to 50.2) of 746 attack traces at 5 % false alarms",
            "",
            "detector         AUC official (95 %)      distinct  without execve  found at 5 %     10 %"
                + "     20 %",
            "ensemble         0.905 (0.871 to 0.933)      0.860               -        39.1 %   70.0 %"
                + "   89.0 %",
            "stide            0.905 (0.871 to 0.933)      0.860               -        39.1 %   70.0 %"
                + "   89.0 %",
            "",
            "What was asked of ensemble and what came",
            "asked  false alarms raised        of 20,000 a day   attacks found",
            "5 %    12.6 % (10.6 to 15.6)                2,520   41.0 % (30.0 to 52.0)",
            "");
  }

  @Test
  void elevenDetectorsFitATerminalOfAHundredColumns() {
    List<Detection> detections =
        IntStream.range(0, 11)
            .mapToObj(
                i ->
                    detection(
                        "containment-set" + i % 10, Detection.ALL_FAMILIES, Population.OFFICIAL))
            .toList();

    List<String> lines =
        new DetectionLines(data(detections, List.of(point("containment-set0", 1.5, .41)))).lines();

    assertThat(lines).hasSize(2 + 1 + 11 + 1 + 4).allMatch(line -> line.length() <= 100);
  }

  @Test
  void falseAlarmsAreToldWithoutAttacks() {
    assertThat(new DetectionLines(data(List.of(), List.of(point("lstm", 1.5, null)))).lines())
        .containsExactly(
            "lstm scored no attack traces, so nothing is known of what it finds",
            "",
            "What was asked of lstm and what came",
            "asked  false alarms raised        of 20,000 a day   attacks found",
            "5 %    12.6 % (10.6 to 15.6)                2,520   -",
            "");
  }

  @Test
  void anImpossibleAlarmIsNotToldAsNone() {
    assertThat(new DetectionLines(data(List.of(), List.of(point("lstm", null, null)))).lines())
        .contains("5 %    no alarm is possible with so few held-out traces");
  }

  @Test
  void nothingScoredIsNothingTold() {
    assertThat(new DetectionLines(data(List.of(), List.of())).lines()).isEmpty();
  }
}
