package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final String PAGE = Report.render(ExampleRun.withEpochs(30));

  @Test
  void opensWithWhatTheRunCameTo() {
    assertThat(text(PAGE))
        .contains(
            "succeeded 2026-03-14 02:00:07 UTC · took 1 h 04 min System-call anomaly report"
                + " Run nightly-2026-03-14"
                + " lstm finds 43.5% (39.8 – 47.2) of the 746 attack traces at 5% false alarms."
                + " Asked for 5.0% false alarms, it raised an alarm on 241 of 4,372 normal validation"
                + " traces (5.5%).");
  }

  @Test
  void noPossibleAlarmIsNotShownAsAPerfectDetector() {
    String page = text(Report.render(ExampleRun.withoutPossibleAlarms()));

    assertThat(page)
        .contains(
            "No alarm is possible: its threshold rests on 7 held-out training traces, and a"
                + " false-alarm rate of 5.0% needs at least 19. Hold out a larger share of the"
                + " training traces, accept a higher false-alarm rate, or train on more traces.")
        .contains("Alarms none possible (7 of the 19 held-out traces needed)")
        .contains("5.0% no alarm is possible with so few held-out traces")
        .doesNotContain("raised an alarm on", "Alarms on normal validation traces", "0 of 4,372");
  }

  @Test
  void showsTheKeyFigures() {
    assertThat(text(PAGE))
        .contains("Next-call loss 1.313 nats, on validation Perplexity 3.7 equally likely calls")
        .contains("Next-call accuracy 58.9% 87.3% among the top five")
        .contains("stide AUC 0.827 95% interval 0.809 to 0.845")
        .contains("Attacks found at 5% false alarms 39.7%")
        .contains("Alarms on normal validation traces 388 of 4,372 (8.9%)")
        .contains("Alarms on attack traces 341 of 746 (45.7%)");
  }

  @Test
  void showsEveryTable() {
    assertThat(text(PAGE))
        .contains("Code version 0.1.0+3f2c9ab Seed 20260314 Workers 8 Spark 3.5.9")
        .contains("LSTM 256 328,704")
        .contains("Total 609,881")
        .contains("3 files or traces were rejected (validation 3).")
        .contains("Windows 292,250 2,039,017 303,214")
        .contains("… of all windows 50.8% 26.2% 92.2%")
        .contains("1 2.7700 25.0% 2.4100 31.0% 419.3 s 698 731")
        .contains("kept 27 1.3568 58.1% 1.4409 55.2% 412.3 s 709 731")
        .contains("Attack 303,214 2.4411 11.49 37.3% 71.1%")
        .contains("All families 746 4,372 0.865 0.847 – 0.883 17.5% 43.5% 62.5% 74.5% 81.5% 31.5%")
        .contains("Hydra_SSH 147 1,998 0.796 0.755 – 0.837 10.6% 36.6% 55.6% 67.6% 74.6% 38.4%");
  }

  @Test
  void showsThePopulationsSideBySide() {
    assertThat(text(PAGE))
        .contains("official distinct without execve 5% 10% 20%")
        .contains(
            "stide 0.827 0.809 – 0.845 0.803 0.785 – 0.821 0.717 0.699 – 0.735"
                + " 39.7% 36.0 – 43.4 58.7% 55.0 – 62.4 77.7% 74.0 – 81.4 35.3% 33.5 – 37.1");
  }

  @Test
  void showsWhatWasAskedAndWhatCame() {
    assertThat(text(PAGE))
        .contains("What was asked of lstm and what came")
        .contains("A day of 10,000 normal traces")
        .contains("5.0% 2.400 12.6% 10.6 – 15.6 1,260 44.0% 33.0 – 56.0")
        .contains("stide 3.1% 1.1 – 6.1 20.2% 9.2 – 32.2 12.6% 10.6 – 15.6 40.2%");
  }

  @Test
  void comparesTheFirstDetectorWithTheOthers() {
    assertThat(PAGE).contains("<span class=\"clear\">+0.038</span>", "<span>+0.038</span>");
    assertThat(text(PAGE))
        .contains("AUC of lstm less that of each other detector")
        .contains("stide +0.038 +0.011 to +0.065 +0.038 +0.011 to +0.065 +0.038 -0.012 to +0.088");
  }

  @Test
  void ofManyDetectorsOnlyTheFirstHaveTiles() {
    String page = Report.render(ExampleRun.withElevenDetectors());

    assertThat(matches(page, "<article class=\"tile (detector)\"")).hasSize(4);
    assertThat(text(page)).contains("7 more detectors are in the table of all.");
    assertThat(matches(page, "data-chart=\"(scores)\"")).hasSize(11);
  }

  @Test
  void saysOfEachSplitWhatBecameOfItsEvents() {
    String page = text(Report.render(ExampleRun.withText("120 events read; 2 late")));
    assertThat(page).containsOnlyOnce("Training: 120 events read; 2 late.");
    assertThat(text(Report.render(ExampleRun.withEpochs(1)))).doesNotContain("Training: ");
  }

  @Test
  void showsTheMostAnomalousTracesWithTheirMostSurprisingCalls() {
    assertThat(text(PAGE))
        .contains("The 10 highest scores of lstm")
        .contains("1 Hydra_FTP_1/UAD-Hydra_FTP-1-1371.txt Hydra_FTP alarm")
        .contains("Score 4.850 p-value 0.0012 Calls 420")
        .contains("17 read › mmap2 › close › fstat64 › setuid32 213 12.90 nats 2.5 × 10⁻⁶")
        .contains("UVD-0704.txt normal, validation alarm");
  }

  @Test
  void showsTheConfigurationAsItIsWritten() {
    assertThat(PAGE)
        .contains(
            "\n    seed = 20260314\n}\ntraces {\n    attack = &quot;Attack_Data_Master&quot;\n");
  }

  @Test
  void saysWhatIsMissingInARunWithoutAttacks() {
    String page = Report.render(ExampleRun.withoutAttacks());

    assertThat(text(page))
        .contains("The run had no attack traces, so nothing is known about what lstm would find.")
        .contains("The run had no attack traces, so there is nothing to detect")
        .contains("AUC – no attack traces")
        .contains("5.0% 2.400 12.6% 10.6 – 15.6 1,260 –");
    assertThat(places(page))
        .containsExactly("chart-loss", "chart-accuracy", "chart-scores-1", "chart-scores-2");
  }

  @Test
  void saysWhatIsMissingInARunWithNothing() {
    String page = Report.render(ExampleRun.withNothing());

    assertThat(text(page))
        .contains("No traces were scored in this run.")
        .contains("Nothing was trained in this run.")
        .contains("The run has no data profile.");
    assertThat(places(page)).isEmpty();
  }

  @Test
  void writesADashForAFigureThatIsUndefined() {
    assertThat(text(Report.render(ExampleRun.withUndefinedFigures())))
        .contains("kept 1 – – – – – – 0")
        .contains("alarm threshold –")
        .doesNotContain("NaN")
        .doesNotContain("Infinity")
        .doesNotContain("\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\"onmouseover='alert(1)'<b>",
        "<!--<script>",
        "${1+1}#{2}<#stop>"
      })
  void takesNoMarkupFromOutside(String text) {
    String page = Report.render(ExampleRun.withText(text));

    assertThat(elements(page, "script")).isEqualTo(4);
    assertThat(elements(page, "b")).isZero();
    assertThat(page).doesNotContain("<!--");
    assertThat(text(page).replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<"))
        .contains("Run " + text.replace(">", "&gt;"));
  }

  @Test
  void writesOutCharactersThatWouldHideOrTurnTheText() {
    assertThat(text(Report.render(ExampleRun.withText("a\u202Etxt.exe\u0000\n"))))
        .contains("Run a\\u202etxt.exe\\u0000\\u000a");
  }

  @Test
  void holdsEverythingThatItShows() {
    assertThat(PAGE.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    assertThat(matches(PAGE, "<[a-z]+[^>]*\\s(?:src|href|action)=\"([^\"]*)\""))
        .isNotEmpty()
        .allMatch(target -> target.startsWith("#") || target.equals("data:,"));
    assertThat(PAGE)
        .contains("Copyright 2010-2023 Mike Bostock")
        .contains("Copyright 2020-2025 Observable, Inc.\n\nPermission to use");
  }

  @Test
  void rendersTheSameDataTheSameWay() {
    assertThat(Report.render(ExampleRun.withEpochs(30))).isEqualTo(PAGE);
  }

  @Test
  void drawsWithTheBundledChartLibraryOnD3AsDeclared() {
    assertThat(PAGE)
        .contains("// https://d3js.org v7.9.0")
        .contains("// @observablehq/plot v0.6.17");
  }

  @Test
  void handsOnWhatTheWriterThrows() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> Report.write(ExampleRun.withEpochs(1), full))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  @Test
  void refusesAHistogramWhoseListsDoNotFit() {
    assertThatThrownBy(
            () -> new ScoreHistogram("lstm", List.of(0., 1.), List.of(1L, 2L), List.of(1L), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot show the scores of lstm: 2 edges for 2 normal and 1 attack bins; pass equally"
                + " many normal and attack bins, and one edge more");
  }

  /** The words of the page's body, blanks and tags taken as one blank. */
  private static String text(String page) {
    String body = page.substring(page.indexOf("<body>"), page.indexOf("<script type="));
    return body.replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ")
        .replaceAll(" ([,.;)])", "$1")
        .replaceAll("\\( ", "(");
  }

  private static List<String> places(String page) {
    return matches(page, "<div class=\"chart\" id=\"([^\"]*)\"");
  }

  private static long elements(String page, String name) {
    return matches(page, "(<" + name + "[ >])").size();
  }

  private static List<String> matches(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(found -> found.group(1)).toList();
  }
}
