package syscallanomaly.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.train.EpochResult;

/** The figures that the page's charts draw, as JSON that is safe inside a script element. */
final class ChartData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChartData() {}

  /**
   * Returns the charts' figures as JSON. Numbers that are not finite become null. Each {@code <} is
   * escaped, because it could end the element or open a comment.
   *
   * @param data the data of the page
   * @param detectors names of the detectors in the order of their colours
   */
  static String json(ReportData data, List<String> detectors) {
    Map<String, Object> charts = new LinkedHashMap<>();
    charts.put("detectors", detectors);
    charts.put("epochs", data.epochs().stream().map(ChartData::epoch).toList());
    charts.put("roc", curves(data, detectors));
    charts.put("auc", data.detections().stream().map(ChartData::area).toList());
    charts.put("histograms", data.histograms().stream().map(ChartData::histogram).toList());
    try {
      return JSON.writeValueAsString(charts).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write the charts' figures: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> epoch(EpochResult epoch) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", epoch.epoch());
    row.put("loss", finite(epoch.loss()));
    row.put("accuracy", finite(epoch.accuracy()));
    row.put("heldOutLoss", finite(epoch.heldOutLoss()));
    row.put("heldOutAccuracy", finite(epoch.heldOutAccuracy()));
    row.put("kept", epoch.kept());
    return row;
  }

  private static List<Map<String, Object>> curves(ReportData data, List<String> detectors) {
    Map<String, Map<Population, List<RocPoint>>> points =
        data.roc().stream()
            .collect(
                Collectors.groupingBy(
                    RocPoint::detector, Collectors.groupingBy(RocPoint::population)));
    return detectors.stream()
        .filter(points::containsKey)
        .flatMap(
            detector ->
                Arrays.stream(Population.values())
                    .filter(population -> points.get(detector).containsKey(population))
                    .map(
                        population ->
                            curve(
                                RocChart.through(
                                    detector, population, points.get(detector).get(population)))))
        .toList();
  }

  private static Map<String, Object> curve(RocChart curve) {
    return Map.of(
        "detector",
        curve.detector(),
        "population",
        curve.population().label(),
        "points",
        curve.points().stream()
            .map(p -> numbers(DoubleStream.of(p.fpr(), p.tpr(), p.threshold())))
            .toList());
  }

  private static Map<String, Object> area(Detection detection) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("detector", detection.detector());
    row.put("population", detection.population().label());
    row.put("family", detection.family());
    row.put("auc", finite(detection.auc()));
    row.put("low", finite(detection.aucLow()));
    row.put("high", finite(detection.aucHigh()));
    return row;
  }

  private static Map<String, Object> histogram(ScoreHistogram histogram) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("detector", histogram.detector());
    row.put("edges", histogram.edges());
    row.put("normal", histogram.normal());
    row.put("attack", histogram.attack());
    row.put("threshold", finite(histogram.threshold()));
    return row;
  }

  private static List<Double> numbers(DoubleStream values) {
    return values.mapToObj(ChartData::finite).collect(Collectors.toList());
  }

  /** Rounds to five decimals, since no chart can show more; null if the value is not finite. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) (Math.round(value * 1e5) / 1e5) : null;
  }
}
