package syscallanomaly.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.score.fitted.AnomalousTrace;

/**
 * Writes the page that people read after a run: one HTML file that contains everything it shows and
 * never uses the network.
 */
public final class Report {
  private Report() {}

  /** Returns the page. The same data give the same page. */
  public static String render(ReportData data) {
    StringWriter page = new StringWriter();
    try {
      write(data, page);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot render the report: " + e.getMessage(), e);
    }
    return page.toString();
  }

  /**
   * Writes the page and leaves the writer open. The page declares UTF-8 as its encoding, so the
   * writer should use UTF-8.
   *
   * @throws IOException if the writer fails
   */
  public static void write(ReportData data, Writer out) throws IOException {
    List<String> detectors = detectors(data);
    Assets assets = new Assets();
    Map<String, Object> model =
        Map.of(
            "data", data,
            "detectors", detectors,
            "figures", new Figures(),
            "greatestSurprise",
                Figures.greatestSurprise(
                    data.mostAnomalous().stream().map(AnomalousTrace::surprising)),
            "chartData", ChartData.json(data, detectors),
            "style", assets.style(),
            "scripts", assets.scripts(),
            "policy", assets.contentSecurityPolicy());
    Template.REPORT.write(model, out);
  }

  /**
   * Returns the name of every detector in the data, in the order of first appearance. It is the
   * order of their colours.
   */
  private static List<String> detectors(ReportData data) {
    return Stream.of(
            data.alarms().stream().map(Alarms::detector),
            data.operatingPoints().stream().map(OperatingPoint::detector),
            data.detections().stream().map(Detection::detector),
            data.histograms().stream().map(ScoreHistogram::detector),
            data.roc().stream().map(RocPoint::detector))
        .flatMap(names -> names)
        .distinct()
        .toList();
  }
}
