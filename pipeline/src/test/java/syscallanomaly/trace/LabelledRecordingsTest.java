package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.table.EventTableSettings;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.sequence.SequenceSettings;

/** Recordings in the layout of LID-DS 2021, with their labels beside them. */
@ExtendWith(SparkExtension.class)
class LabelledRecordingsTest {
  /** Process 7 ends before the attack, 8 goes on during it, and 9 begins with it. */
  private static final String CALLS =
      """
      1600000000000000001 0 7 sh 7 open > a
      1600000000000000002 0 7 sh 7 open < b
      1600000000000000003 0 8 httpd 8 read >\s
      1600000000000000004 0 7 sh 7 close >\s
      1600000001499999999 0 8 httpd 8 write >\s
      1600000001500000000 0 8 httpd 8 read >\s
      1600000001500000001 0 9 sh 9 getpid >\s
      1600000002000000000 0 8 httpd 8 close >\s
      """;

  private static final String ATTACK =
      """
      {"exploit": true, "exploit_name": "shell", "image": "victim",
       "time": {"exploit": [{"absolute": 1600000001.5, "name": "attack"}]}}
      """;

  private static final String NORMAL =
      "{\"exploit\": false, \"exploit_name\": \"no\", \"time\": {\"exploit\": []}}";

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private TraceSet read(Split split, String place, LabelRule rule, boolean byThread) {
    HostSettings hosts =
        new HostSettings(
            EventSettings.defaults(),
            new SequenceSettings(byThread, 0, 100_000, false, true),
            EventTableSettings.defaults(),
            rule);
    TraceSettings settings =
        new TraceSettings("sysdig", "", place, place, place, place, 10, 0.5, hosts);
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(split);
  }

  private TraceSet read(Split split, String place) {
    return read(split, place, LabelRule.AUTO, false);
  }

  private static Corpus recording(String name, String labels) {
    return new Corpus()
        .with(name + ".json", labels)
        .with(name + ".pcap", "packets")
        .with(name + ".res", "timestamp,cpu_usage")
        .with(name + ".sc", CALLS);
  }

  private void zips() throws IOException {
    recording("a", ATTACK).zipTo(folder.resolve("a.zip"));
    recording("n", NORMAL).zipTo(folder.resolve("n.zip"));
  }

  /** One line a trace: id without its time, family and calls. */
  private static List<String> lines(TraceSet traces) {
    return Corpus.lines(traces).stream()
        .map(line -> line.replaceAll("^\\d+ |~\\S+", ""))
        .sorted()
        .toList();
  }

  private static String counted(TraceSet traces) {
    return traces.events().orElseThrow().text();
  }

  @Test
  void eachSplitTakesWhatTheLabelsCallItsOwn() throws IOException {
    zips();
    TraceSet normal = read(Split.VALIDATION, folder.toString());
    assertThat(lines(normal))
        .containsExactly(
            "a.zip!/a.sc#7 null [5, 6]",
            "a.zip!/a.sc#8 null [3, 4]",
            "n.zip!/n.sc#7 null [5, 6]",
            "n.zip!/n.sc#8 null [3, 4, 3, 6]",
            "n.zip!/n.sc#9 null [20]");
    assertThat(counted(normal))
        .isEqualTo(
            "14 events read; 2 lines ignored (end of a call 2); 1 normal recordings; 1 recordings"
                + " with an attack; 1 traces cut where an attack begins; 2 attack traces left out");
    normal.requireUsable();
    TraceSet attacks = read(Split.ATTACK, folder + "/*.zip");
    assertThat(lines(attacks))
        .containsExactly("a.zip!/a.sc#8 shell [3, 6]", "a.zip!/a.sc#9 shell [20]");
    assertThat(Corpus.ids(attacks.traces())).contains("a.zip!/a.sc#8~2020-09-13T12:26:41.500Z");
    assertThat(counted(attacks)).endsWith("begins; 5 normal traces left out");
    assertThat(attacks.format())
        .contains(
            "labels of LID-DS 2021, which a.zip!/a.json looks like; 4 files beside the recordings"
                + " are not read");
    attacks.requireUsable();
    assertThat(attacks.rejected()).isZero();
  }

  @Test
  void labelsSayNothingAboutObservedTracesNorWhereTheyDoNotCount() throws IOException {
    zips();
    List<String> all =
        List.of(
            "a.zip!/a.sc#7 a [5, 6]",
            "a.zip!/a.sc#8 a [3, 4, 3, 6]",
            "a.zip!/a.sc#9 a [20]",
            "n.zip!/n.sc#7 n [5, 6]",
            "n.zip!/n.sc#8 n [3, 4, 3, 6]",
            "n.zip!/n.sc#9 n [20]");
    TraceSet unlabelled = read(Split.ATTACK, folder.toString(), LabelRule.NONE, false);
    assertThat(lines(unlabelled)).isEqualTo(all);
    assertThat(unlabelled.format()).contains("6 files beside the recordings are not read");
    assertThat(lines(read(Split.OBSERVED, folder.toString(), LabelRule.LID_DS, false)))
        .isEqualTo(all.stream().map(line -> line.replaceAll(" . \\[", " null [")).toList());
  }

  @Test
  void aTraceOfAThreadIsCutToo() throws IOException {
    zips();
    TraceSet attacks = read(Split.ATTACK, folder.toString(), LabelRule.LID_DS, true);
    assertThat(lines(attacks))
        .containsExactly("a.zip!/a.sc#8 shell [3, 6]", "a.zip!/a.sc#9 shell [20]");
    assertThat(attacks.traces().select("process", "thread").collectAsList().toString())
        .contains("[8,8]", "[9,9]");
    assertThat(attacks.format())
        .contains("labels of LID-DS 2021; 4 files beside the recordings are not read");
  }

  @Test
  void aRecordingWithoutUsableLabelsIsRejected() throws IOException {
    recording("p/a", ATTACK).with("p/b.sc", CALLS).with("p/c.sc", CALLS).writeTo(folder);
    new Corpus()
        .with("p/c.json", "{\"exploit\": true, \"time\": {}}")
        .with("p/d.sc", CALLS)
        .with("p/d.json", "{")
        .writeTo(folder);
    TraceSet attacks = read(Split.ATTACK, folder + "/p");
    assertThat(lines(attacks)).containsExactly("a.sc#8 shell [3, 6]", "a.sc#9 shell [20]");
    assertThat(Corpus.rejects(attacks, folder.resolve("p")))
        .hasSize(3)
        .contains(
            "attack b.sc: has no file with labels beside it",
            "attack c.sc: has labels in 'c.json' that cannot be used: says that there is an"
                + " exploit, and not when")
        .anySatisfy(
            line -> assertThat(line).startsWith("attack d.sc: has labels in 'd.json' that cannot"));
    assertThat(attacks.rejectCounts())
        .extracting(RejectCount::reason)
        .contains("has no file with labels beside it", "has labels in ... that cannot be used");
  }

  @Test
  void filesOfAnotherFormAreNoLabels() throws IOException {
    recording("a", "{\"exploit\": true}").writeTo(folder);
    TraceSet attacks = read(Split.ATTACK, folder.toString());
    assertThat(lines(attacks)).hasSize(3);
    assertThat(attacks.format()).contains("3 files beside the recordings are not read");
    TraceSet required = read(Split.ATTACK, folder.toString(), LabelRule.LID_DS, false);
    assertThat(required.rejected()).isOne();
    assertThatThrownBy(required::requireUsable)
        .hasMessageContaining(
            "a.sc: has labels in 'a.json' that cannot be used: says that there is an exploit, and"
                + " not when");
  }

  @Test
  void aSplitThatLabelsLeaveEmptySaysSo() throws IOException {
    recording("n", NORMAL).writeTo(folder);
    assertThatThrownBy(() -> read(Split.ATTACK, folder.toString()).requireUsable())
        .isInstanceOf(UnusableInputException.class)
        .hasMessageEndingWith("; their labels call all 3 traces normal");
  }

  @Test
  void aChangeOfLabelsChangesTheFingerprint() throws IOException {
    recording("a", ATTACK).zipTo(folder.resolve("a.zip"));
    String attack = read(Split.ATTACK, folder.toString()).fingerprint();
    recording("a", NORMAL).zipTo(folder.resolve("a.zip"));
    assertThat(read(Split.ATTACK, folder.toString()).fingerprint()).isNotEqualTo(attack);
  }

  @Test
  void aRecordingOfLidDsIsCutWhereItsAttackBegins() {
    Path zip = Path.of("../../shared/data/lid-ds-recording.zip");
    assumeTrue(Files.exists(zip), "no recording of LID-DS is at " + zip.toAbsolutePath());
    assertThat(
            read(Split.ATTACK, zip.toString()).traces().collectAsList().stream()
                .map(row -> "%s %s %d".formatted(row.get(6), row.get(2), row.getList(3).size()))
                .sorted())
        .containsExactly(
            "2902771 victim_bruteforce 15",
            "2902774 victim_bruteforce 1644",
            "2902775 victim_bruteforce 1659",
            "2902776 victim_bruteforce 1669",
            "2902777 victim_bruteforce 1579",
            "2902778 victim_bruteforce 1610",
            "2904005 victim_bruteforce 452");
    TraceSet normal = read(Split.VALIDATION, zip.toString());
    assertThat(normal.traces().selectExpr("sum(size(calls))", "count(*)").head().toString())
        .isEqualTo("[3106,6]");
  }
}
