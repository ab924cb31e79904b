package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report as a browser shows it; skipped where no Chromium is on the PATH. */
@Tag("slow")
class ReportInBrowserTest {
  private static final String LONG_AND_HOSTILE =
      "</script><script>document.title='hostile'</script>\"'>" + "x".repeat(400);

  private static Chromium browser;
  @TempDir private Path folder;

  @BeforeAll
  static void findBrowser() {
    Optional<Chromium> installed = Chromium.installed();
    Assumptions.assumeTrue(installed.isPresent(), "no Chromium on the PATH");
    browser = installed.get();
  }

  static Stream<ReportData> runs() {
    return Stream.of(
        ExampleRun.withEpochs(30),
        ExampleRun.withEpochs(1),
        ExampleRun.withElevenDetectors(),
        ExampleRun.withoutAttacks(),
        ExampleRun.withNothing(),
        ExampleRun.withUndefinedFigures(),
        ExampleRun.withText(LONG_AND_HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void drawsEveryChartWithoutAWordOnTheConsole(ReportData run) throws Exception {
    String page = Report.render(run);
    Chromium.Outcome outcome = browser.open(page, folder);

    assertThat(outcome.console()).isEmpty();
    assertThat(matches(outcome.dom(), "<div class=\"chart\" id=\"([^\"]*)\"[^>]*><svg"))
        .isEqualTo(matches(page, "<div class=\"chart\" id=\"([^\"]*)\""));
    assertThat(outcome.dom()).doesNotContain("<title>hostile");
  }

  @Test
  void drawsTheLinesBarsAndMarksOfTheFigures() throws Exception {
    String dom = browser.open(Report.render(ExampleRun.withEpochs(30)), folder).dom();

    assertThat(matches(chart(dom, "chart-loss"), "(<path fill=\"none\"|<path d=\"M)")).isNotEmpty();
    assertThat(chart(dom, "chart-loss")).contains(">kept</text>");
    assertThat(matches(chart(dom, "chart-roc"), "(stroke-width=\"2.2\")")).hasSize(2);
    assertThat(matches(chart(dom, "chart-roc"), "(stroke-dasharray=\"5 3\")")).hasSize(1);
    assertThat(matches(chart(dom, "chart-auc"), "(<circle )"))
        .as("two official populations, two more of the first detector")
        .hasSize(7 * (2 + 2));
    assertThat(matches(chart(dom, "chart-scores-1"), "(<rect )")).hasSize(48 * 2);
    assertThat(chart(dom, "chart-scores-1")).contains(">alarm from here</text>");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void fitsAPhone(ReportData run) throws Exception {
    assertThat(widthOnPhone(Report.render(run))).isEqualTo(375);
  }

  @Test
  void thePageAboutObservedTracesFitsAPhoneAndSaysNothingOnTheConsole() throws Exception {
    for (ObservedData data :
        List.of(
            ObservedExample.typical(),
            ObservedExample.withoutPossibleAlarms(),
            ObservedExample.withText(LONG_AND_HOSTILE))) {
      String page = ObservedReport.render(data);
      Chromium.Outcome outcome = browser.open(page, folder);

      assertThat(outcome.console()).isEmpty();
      assertThat(outcome.dom()).doesNotContain("<title>hostile");
      assertThat(widthOnPhone(page)).isEqualTo(375);
    }
  }

  @Test
  void seesAPageThatDoesNotFitAPhone() throws Exception {
    assertThat(widthOnPhone("<!DOCTYPE html><body style='margin:0'><p style='width:600px'>wide"))
        .isEqualTo(600);
  }

  @Test
  void seesAScriptThatThrows() throws Exception {
    assertThat(browser.open("<script>throw new Error('seen')</script>", folder).console())
        .singleElement()
        .asString()
        .contains("Uncaught Error: seen");
  }

  @Test
  void forbidsWhatIsNotPartOfThePage() throws Exception {
    String intruder =
        "<script>document.title = 'run'</script><img src=\"https://localhost/picture.png\"></body>";
    String page = Report.render(ExampleRun.withNothing()).replace("</body>", intruder);

    Chromium.Outcome outcome = browser.open(page, folder);

    assertThat(outcome.dom()).doesNotContain("<title>run");
    assertThat(outcome.console())
        .hasSize(2)
        .allMatch(message -> message.contains("Content Security Policy"))
        .anyMatch(message -> message.contains("script-src"))
        .anyMatch(message -> message.contains("img-src"));
  }

  /** How wide the page wants to be, in CSS pixels, in a frame as wide as a phone. */
  private int widthOnPhone(String page) throws IOException, InterruptedException {
    String frame =
        "<!DOCTYPE html><iframe style=\"width: 375px; height: 800px; border: 0\""
            + " onload=\"document.querySelector('output').textContent ="
            + " this.contentDocument.documentElement.scrollWidth\" srcdoc=\""
            + page.replace("&", "&amp;").replace("\"", "&quot;")
            + "\"></iframe><output></output>";
    String dom = browser.open(frame, folder).dom();
    return Integer.parseInt(matches(dom, "<output>(\\d+)</output>").get(0));
  }

  private static String chart(String dom, String id) {
    int start = dom.indexOf("id=\"" + id + "\"");
    return dom.substring(start, dom.indexOf("</figure>", start));
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }
}
