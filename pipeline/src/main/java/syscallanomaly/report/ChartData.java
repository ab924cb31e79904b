package syscallanomaly.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.table.Labelled;

/**
 * The figures of the page as JSON for its charts: the records of {@link ReportData} with the names
 * of their components, so that a new chart finds what it draws. ROC curves come thinned out.
 */
final class ChartData {
  /** No chart can show more digits behind the point. */
  private static final double PRECISION = 1e5;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Rounded())
                  .addSerializer(double.class, new Rounded())
                  .addSerializer(Labelled.class, new Label()));

  private ChartData() {}

  /**
   * Returns the charts' figures as JSON. Numbers are rounded to five digits behind the point, and
   * those that are not finite become null. Each {@code <} is escaped, because it could end the
   * element or open a comment.
   *
   * @param data the data of the page
   * @param detectors names of the detectors in the order of their colours
   */
  static String json(ReportData data, List<String> detectors) {
    Map<String, Object> charts = new LinkedHashMap<>();
    charts.put("detectors", detectors);
    charts.put("dataProfile", data.dataProfile());
    charts.put("epochs", data.epochs());
    charts.put("nextCalls", data.nextCalls());
    charts.put("alarms", data.alarms());
    charts.put("detections", data.detections());
    charts.put("roc", curves(data, detectors));
    charts.put("histograms", data.histograms());
    try {
      return JSON.writeValueAsString(charts).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write the charts' figures: " + e.getMessage(), e);
    }
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
        curve.population(),
        "points",
        curve.points().stream()
            .map(p -> Stream.of(p.fpr(), p.tpr(), p.threshold()).toList())
            .toList());
  }

  private static final class Rounded extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    Rounded() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(Math.round(value * PRECISION) / PRECISION);
      } else {
        json.writeNull();
      }
    }
  }

  private static final class Label extends JsonSerializer<Labelled> {
    @Override
    public void serialize(Labelled value, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      json.writeString(value.label());
    }
  }
}
