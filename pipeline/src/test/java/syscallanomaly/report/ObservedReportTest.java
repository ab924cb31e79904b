package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObservedReportTest {
  private static final String PAGE = text(ObservedReport.render(ObservedExample.typical()));

  /** What a reader sees. */
  private static String text(String page) {
    return page.replaceAll("(?s)<style>.*?</style>|<title>.*?</title>", "")
        .replaceAll("<[^>]*>", " ")
        .replace("&#39;", "'")
        .replaceAll("\\s+", " ")
        .replaceAll(" ([,.;:)])", "$1")
        .replace("( ", "(");
  }

  @Test
  void opensWithTheAlarmsOfTheFirstDetector() {
    assertThat(PAGE)
        .contains(
            "Run 2026-03-15T06-00-00Z ensemble raises an alarm on 17 of 1,234 observed traces. Of normal traces like those that it learned from, 5.0% may raise one.",
            "1,234 traces with 567,890 calls, read from /traces/host-7.",
            "2 files or traces were rejected and not judged.",
            "ensemble 17 1.4% 780",
            "lstm none possible, 19 needed 12");
  }

  @Test
  void saysOfATraceHowUnusualItIsAndWhy() {
    assertThat(PAGE)
        .contains(
            "1 httpd/1843.txt alarm 3 equal traces most unusual to call-set Score 3.120 p-value 0.0013 Calls 812",
            "How unusual More unusual than all of 780 normal traces.",
            "Calls never seen 5 calls: getrandom (3 ×, first at 77) and 2 more.",
            "N-grams never seen 269 of its 807 n-grams of 6 calls (33.3%); the first, at 10: open › read › read › close › execve › brk",
            "Most like Training trace UTD-0042.txt: the trace holds 17 of its 18 different calls and 40 of its 52 pairs of neighbouring calls.",
            "14 open › read › read › close › execve 11 9.21 nats 0.0001",
            "2 cron/2.txt no alarm Score 0.200 p-value 0.0512 Calls 4",
            "How unusual 39 of 780 normal traces are at least as unusual, about 1 in 20.",
            "Calls never seen None: the vocabulary of training holds every call.",
            "N-grams never seen The trace is too short for an n-gram of 6 calls.");
  }

  @Test
  void saysWhichDetectorJudged() {
    assertThat(PAGE)
        .contains(
            "Fitted by run nightly-2026-03-14 Fitted at 2026-03-14 03:04:05 UTC Fitted to 833 normal traces Version that fitted it 0.2.0",
            "cd".repeat(32),
            "ab".repeat(32));
  }

  @Test
  void noPossibleAlarmIsNotShownAsNone() {
    assertThat(text(ObservedReport.render(ObservedExample.withoutPossibleAlarms())))
        .contains(
            "No alarm is possible: the threshold of ensemble rests on 7 normal traces, and a false-alarm rate of 5.0% needs at least 19.",
            "No traces were judged.")
        .doesNotContain("raises an alarm on");
  }

  @Test
  void textFromOutsideStaysText() {
    assertThat(ObservedReport.render(ObservedExample.withText("<b>\u202Ex</b>\n\"'>")))
        .contains("&lt;b&gt;\\u202ex&lt;/b&gt;\\u000a&quot;&#39;&gt;")
        .doesNotContain("<b>", "\u202E", "<script");
  }
}
