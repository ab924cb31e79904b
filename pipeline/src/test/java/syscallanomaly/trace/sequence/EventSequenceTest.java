package syscallanomaly.trace.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.format.ParsedTrace;

@ExtendWith(SparkExtension.class)
class EventSequenceTest {
  private static final SequenceSettings DEFAULTS = SequenceSettings.defaults();

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private static SequenceSettings cutting(long gapNanos, int maxCalls, boolean atExecve) {
    return new SequenceSettings(false, gapNanos, maxCalls, atExecve, true);
  }

  @Test
  void theCallsOfAProcessAreInTheOrderOfTimeAndOfTheFile() {
    Events.Result read =
        new Events()
            .call(7, 2_000L, 3, 4)
            .call(9, 2_000L, 5)
            .call(7, 1_000_000_000L, 6)
            .read(spark, DEFAULTS);
    assertThat(read.sorted())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000002Z 3 4 6", "web1/9~1970-01-01T00:00:00.000002Z 5");
    assertThat(read.counts()).isEqualTo("4 events read");
  }

  @Test
  void twoHostsWithTheSameProcessNumberAreApart() {
    Events.Result read =
        new Events()
            .call(7, 1L, 3)
            .host("web2")
            .call(7, 2L, 4)
            .host("web1")
            .call(7, 3L, 5)
            .read(spark, DEFAULTS);
    assertThat(read.sorted())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000001Z 3 5", "web2/7~1970-01-01T00:00:00.000000002Z 4");
  }

  @Test
  void filesOfUnknownHostsAreRecordingsOfTheirOwn() {
    Events.Result read =
        new Events()
            .host("")
            .file("x/a")
            .call(7, null, 3, 4)
            .file("x/b")
            .call(7, null, 5)
            .read(spark, DEFAULTS);
    assertThat(read.sorted()).containsExactly("x/a#7 3 4", "x/b#7 5");
  }

  @Test
  void aNumberUsedAgainWithinAMillisecondIsAnotherTrace() {
    Events.Result read =
        new Events()
            .started(1_000_000L)
            .call(7, 1_100_000L, 3)
            .started(1_500_000L)
            .call(7, 1_600_000L, 4)
            .started(1_000_000L)
            // The clock of one processor runs behind that of the other.
            .call(7, 1_700_000L, 5)
            .read(spark, DEFAULTS);
    assertThat(read.lines())
        .containsExactly(
            "web1/7@1970-01-01T00:00:00.001Z 3 5", "web1/7@1970-01-01T00:00:00.001500Z 4");
    assertThat(read.counts()).isEqualTo("3 events read; 1 process numbers used again");
  }

  @Test
  void theEndOfAProcessEndsItsTrace() {
    Events.Result read =
        new Events()
            .call(7, 5L, 3)
            .end(7, 5L)
            .call(7, 5L, 4)
            .end(7, 5L)
            .end(7, 6L)
            .read(spark, DEFAULTS);
    assertThat(read.lines())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000005Z 3", "web1/7~1970-01-01T00:00:00.000000005Z.2 4");
    assertThat(read.counts()).isEqualTo("5 events read; 1 process numbers used again");
  }

  @Test
  void whoHasCalledExitGroupCallsNothingMore() {
    assertThat(
            new Events()
                .host("")
                .call(7, null, 3, 252)
                .resumed(7, null, 252)
                .call(7, null, 4)
                .read(spark, DEFAULTS)
                .lines())
        .containsExactly("a.log#7 3 252", "a.log#7.2 4");
  }

  @Test
  void theEndOfACallCountsOnlyIfItsBeginningIsMissing() {
    Events.Result read =
        new Events()
            .resumed(7, 1L, 3)
            .call(7, 2L, 4)
            .resumed(7, 3L, 4)
            .ofThread(7, 8, 4, 5)
            .ofThread(7, 7, 5, 6)
            .read(spark, DEFAULTS);
    assertThat(read.lines()).containsExactly("web1/7~1970-01-01T00:00:00.000000001Z 3 4 5 6");
    assertThat(read.counts())
        .isEqualTo("5 events read; 1 calls counted by their end, which began before the recording");
  }

  @Test
  void aClockThatGoesBackwardsIsCounted() {
    Events.Result read =
        new Events().call(7, 10L, 3).call(7, 30L, 5).call(7, 20L, 4).read(spark, DEFAULTS);
    assertThat(read.lines()).containsExactly("web1/7~1970-01-01T00:00:00.000000010Z 3 4 5");
    assertThat(read.counts()).isEqualTo("3 events read; 1 late events put in order of time");
  }

  @Test
  void whatAnotherFileHasAlreadyCountsOnce() {
    Events events = new Events();
    for (String file : List.of("a.log", "copy.log")) {
      // A recorder of milliseconds writes equal lines for different calls.
      events.file(file).call(7, 1_000_000L, 3, 4, 3).call(7, 2_000_000L, 3);
    }
    Events.Result read = events.read(spark, DEFAULTS);
    assertThat(read.lines()).containsExactly("web1/7~1970-01-01T00:00:00.001Z 3 4 3 3");
    assertThat(read.counts()).isEqualTo("8 events read; 4 duplicate events left out");

    SequenceSettings keeping = new SequenceSettings(false, 0, 100, false, false);
    assertThat(events.read(spark, keeping).lines())
        .containsExactly("web1/7~1970-01-01T00:00:00.001Z 3 4 3 3 4 3 3 3");
  }

  @Test
  void equalRowsOfATableAreDuplicates() {
    Events.Result read =
        new Events()
            .file("")
            .call(7, 1L, 3)
            .file("")
            .call(7, 1L, 3)
            .call(7, 1L, 3)
            .file("")
            .call(7, 1L, 3)
            .read(spark, DEFAULTS);
    // The second row of the second file differs in what orders rows at the same time.
    assertThat(read.lines()).containsExactly("web1/7~1970-01-01T00:00:00.000000001Z 3 3");
    assertThat(read.counts()).isEqualTo("4 events read; 2 duplicate events left out");
  }

  @Test
  void aGapCuts() {
    Events events = new Events().call(7, 10L, 3).call(7, 20L, 4).call(7, 31L, 5);
    assertThat(events.read(spark, cutting(10, 100, false)).lines())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000010Z 3 4", "web1/7~1970-01-01T00:00:00.000000031Z 5");
    assertThat(events.read(spark, cutting(11, 100, false)).lines())
        .containsExactly("web1/7~1970-01-01T00:00:00.000000010Z 3 4 5");
    assertThat(events.read(spark, cutting(10, 100, false)).counts())
        .isEqualTo("3 events read; 1 traces cut at a gap");
  }

  @Test
  void aTraceThatIsTooLongIsCutIntoPartsThatSaySo() {
    Events.Result read =
        new Events().call(7, 1L, 3, 4, 5, 6, 8).call(9, 1L, 3, 4).read(spark, cutting(0, 2, false));
    assertThat(read.sorted())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000001Z#part1 3 4",
            "web1/7~1970-01-01T00:00:00.000000001Z#part2 5 6",
            "web1/7~1970-01-01T00:00:00.000000001Z#part3 8",
            "web1/9~1970-01-01T00:00:00.000000001Z 3 4");
    assertThat(read.counts()).isEqualTo("7 events read; 3 parts of traces that were too long");
  }

  @Test
  void anExecveCutsIfTheSettingsSaySo() {
    Events events =
        new Events()
            .exec(7, 1L, "/bin/sh")
            .call(7, 2L, 3)
            .exec(7, 3L, "/bin/ls")
            .exec(7, 4L, "/usr/bin/ls")
            .call(7, 5L, 4);
    assertThat(events.read(spark, cutting(0, 100, true)).lines())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000001Z 11 3",
            "web1/7~1970-01-01T00:00:00.000000003Z 11 11 4");
    Events.Result whole = events.read(spark, DEFAULTS);
    assertThat(whole.lines()).containsExactly("web1/7~1970-01-01T00:00:00.000000001Z 11 3 11 11 4");
    ParsedTrace trace = whole.elements().stream().filter(ParsedTrace::isAccepted).findFirst().get();
    assertThat(trace.origin().executable()).isEqualTo("/usr/bin/ls");
    assertThat(trace.origin().host()).isEqualTo("web1");
    assertThat(trace.origin().container()).isNull();
    assertThat(trace.origin().process()).isEqualTo(7);
    assertThat(trace.origin().thread()).isNull();
    assertThat(trace.origin().started()).isEqualTo(1);
  }

  @Test
  void anAttackBeginsATraceAndItsFamilyStaysWithIt() {
    Events.Result read =
        new Events()
            .family("")
            .call(7, 1L, 3, 4)
            .family("shell")
            .call(7, 2L, 5)
            .family(null)
            .call(7, 3L, 6)
            .family("other")
            .call(7, 4L, 7)
            .read(spark, DEFAULTS);
    assertThat(read.lines())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000001Z 3 4",
            "web1/7~1970-01-01T00:00:00.000000002Z 5 6 7");
    assertThat(read.elements().stream().filter(ParsedTrace::isAccepted).map(ParsedTrace::family))
        .containsExactly("", "shell");
    assertThat(read.counts()).isEqualTo("5 events read; 1 traces cut where an attack begins");
  }

  @Test
  void threadsAreOneTraceOrTracesOfTheirOwn() {
    SequenceSettings byThread = new SequenceSettings(true, 0, 100, false, true);
    Events events = new Events().ofThread(7, 7, 1, 3).ofThread(7, 8, 2, 4).ofThread(7, 7, 3, 5);
    assertThat(events.read(spark, DEFAULTS).lines())
        .containsExactly("web1/7~1970-01-01T00:00:00.000000001Z 3 4 5");
    assertThat(
            new Events()
                .byThread()
                .ofThread(7, 7, 1, 3)
                .ofThread(7, 8, 2, 4)
                .ofThread(7, 7, 3, 5)
                .threadEnd(7, 8, 4L)
                .ofThread(7, 8, 5, 6)
                .read(spark, byThread)
                .sorted())
        .containsExactly(
            "web1/7:8~1970-01-01T00:00:00.000000002Z 4",
            "web1/7:8~1970-01-01T00:00:00.000000005Z 6",
            "web1/7~1970-01-01T00:00:00.000000001Z 3 5");
  }

  @Test
  void recordsOfThreadsSayWhichOfThemAreOneProcess() {
    Events.Result read =
        new Events()
            .host("")
            .ofThreads()
            .call(7, null, 3)
            // The new thread runs before the call that created it returns.
            .call(8, null, 4)
            .creates(7, null, 8)
            .call(8, null, 5)
            .creates(8, null, 9)
            .call(9, null, 6)
            .call(20, null, 2)
            .end(8, null)
            .call(7, null, 1)
            .end(7, null)
            .call(7, null, 2)
            .read(spark, DEFAULTS);
    assertThat(read.lines())
        .containsExactly("a.log#7 3 120 4 5 120 6 1", "a.log#20 2", "a.log#7.2 2");
    assertThat(read.counts()).isEqualTo("11 events read; 1 process numbers used again");
  }

  @Test
  void aCallThatIsTooLargeRejectsItsTrace() {
    Events.Result read =
        new Events().call(7, 1L, 3, 400, 500).call(8, 1L, 3).read(spark, DEFAULTS, 340, 2);
    assertThat(read.lines()).containsExactly("web1/8~1970-01-01T00:00:00.000000001Z 3");
    assertThat(read.rejects())
        .containsExactly(
            "web1/7~1970-01-01T00:00:00.000000001Z: position 2: 400 (msgsnd) is larger than 340,"
                + " the largest call accepted");
  }

  @Test
  void linesWithoutAnEventAreCounted() {
    Events.Result read =
        new Events()
            .lines(EventColumns.IGNORED, "signal", 3)
            .lines(EventColumns.REJECTED, "line 4: is no call (and 1 more)", 2)
            .file("b")
            .lines(EventColumns.IGNORED, "signal", 4)
            .read(spark, DEFAULTS);
    assertThat(read.rejects()).containsExactly("a.log: line 4: is no call (and 1 more)");
    assertThat(read.counts())
        .isEqualTo("0 events read; 7 lines ignored (signal 7); 2 lines or rows rejected");
  }
}
