package syscallanomaly.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import syscallanomaly.score.observed.ObservedTrace;

/**
 * Writes the page for an analyst who asks what a fitted detector found in observed traces: one HTML
 * file that contains everything it shows, without any script.
 */
public final class ObservedReport {
  private ObservedReport() {}

  /** Returns the page, which declares UTF-8 as its encoding. The same data give the same page. */
  public static String render(ObservedData data) {
    Map<String, Object> model =
        Map.of(
            "data",
            data,
            "figures",
            new Figures(),
            "greatestSurprise",
            Figures.greatestSurprise(data.mostAnomalous().stream().map(ObservedTrace::surprising)),
            "style",
            Assets.read(Assets.HERE + "report.css"),
            "policy",
            Assets.WITHOUT_SCRIPTS);
    try (StringWriter page = new StringWriter()) {
      Template.OBSERVED.write(model, page);
      return page.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot render the report: " + e.getMessage(), e);
    }
  }
}
