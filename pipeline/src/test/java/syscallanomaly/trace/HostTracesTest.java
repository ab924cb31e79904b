package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** Files in which hosts record one event a line. */
@ExtendWith(SparkExtension.class)
class HostTracesTest {
  private static final String STRACE =
      """
      100 1700000000.000001 execve("/bin/ls", ["ls"], 0x7ffc /* 20 vars */) = 0
      100 1700000000.000002 openat(AT_FDCWD, "x", O_RDONLY) = 3
      200 1700000000.000003 getpid() = 200
      100 1700000000.000004 --- SIGCHLD {si_signo=SIGCHLD} ---
      100 1700000000.000005 read(3, "", 10) = 0
      100 1700000000.000006 exit_group(0) = ?
      100 1700000000.000007 +++ exited with 0 +++
      """;

  private static final List<String> TRACES =
      List.of(
          "a.log#100~2023-11-14T22:13:20.000001Z [11, 295, 3, 252]",
          "a.log#200~2023-11-14T22:13:20.000003Z [20]");

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private TraceSet read(String format, String place) {
    return read(spark, format, place);
  }

  private static TraceSet read(SparkSession spark, String format, String place) {
    TraceSettings settings = new TraceSettings(format, "", place, "", "", 10, 0.01);
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.TRAINING);
  }

  /** One line a trace in the order of ids: id and calls. */
  private static List<String> lines(TraceSet traces) {
    return traces.traces().collectAsList().stream()
        .map(row -> row.getString(1) + " " + row.getList(3))
        .sorted()
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes(text));
    }
    return packed.toByteArray();
  }

  @Test
  void packedAndPlainFilesAndEntriesOfAZipGiveTheSameTraces() throws IOException {
    new Corpus().with("plain/a.log", STRACE).writeTo(folder);
    new Corpus().with("gz/a.log.gz", gzip(STRACE)).writeTo(folder);
    new Corpus()
        .with(
            "zst/a.log.zst",
            ArrayUtils.addAll(
                Zstd.compress(bytes(STRACE.substring(0, 100))),
                Zstd.compress(bytes(STRACE.substring(100)))))
        .writeTo(folder);
    Path zip = new Corpus().with("t/a.log", STRACE).zipTo(folder.resolve("x.zip"));
    for (String place : List.of(folder + "/plain", folder + "/gz", folder + "/zst", zip + "!/t")) {
      for (String format : List.of("strace", "auto")) {
        TraceSet traces = read(format, place);
        assertThat(lines(traces)).as(place).containsExactlyElementsOf(TRACES);
        assertThat(traces.rejected()).isZero();
        assertThat(traces.events().orElseThrow().text())
            .isEqualTo("6 events read; 1 lines ignored (signal 1)");
      }
    }
  }

  @Test
  void autoSaysWhatItFound() throws IOException {
    new Corpus().with("s/0 empty", "").with("s/a.log", STRACE).writeTo(folder);
    new Corpus().with("u/a.int.gz", gzip("17 5\n4 1\n17 6\n")).writeTo(folder);
    new Corpus().with("n/a.txt", "3 4 5 6").writeTo(folder);
    new Corpus().with("x/a.txt", "It was a dark night.\nIt rained.\n").writeTo(folder);

    assertThat(read("auto", folder + "/s").format()).contains("strace, which a.log looks like");
    assertThat(read("auto", folder + "/u").format()).contains("unm, which a.int.gz looks like");
    assertThat(read("auto", folder + "/n").format()).contains("adfa-ld, which a.txt looks like");
    assertThat(read("adfa-ld", folder + "/n").format()).isEmpty();
    assertThatThrownBy(() -> read("auto", folder + "/x"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read training traces from %s/x: its first 1 files look like none of the formats adfa-ld, unm, strace, auditd, sysdig, events, auto; name the one they have"
                .formatted(folder));
  }

  @Test
  void theOriginOfATraceStaysWithIt() throws IOException {
    new Corpus().with("a.log", STRACE).writeTo(folder);
    assertThat(
            read("strace", folder.toString())
                .traces()
                .selectExpr(
                    "trace_id",
                    "host",
                    "container",
                    "process",
                    "executable",
                    "cast(started as double)")
                .orderBy("trace_id")
                .collectAsList()
                .toString())
        .isEqualTo(
            "[[a.log#100~2023-11-14T22:13:20.000001Z,null,null,100,/bin/ls,1.700000000000001E9],"
                + " [a.log#200~2023-11-14T22:13:20.000003Z,null,null,200,null,1.700000000000003E9]]");
  }

  @Test
  void theOrderOfTracesDependsOnNeitherTasksNorPieces() throws IOException {
    Random random = new Random(1);
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      log.append(
          "%d 1700000000.%06d %s(1) = 0\n"
              .formatted(
                  100 + random.nextInt(40),
                  i,
                  List.of("read", "write", "close").get(random.nextInt(3))));
    }
    new Corpus().with("a.log", log.toString()).with("b.log", STRACE).writeTo(folder);
    List<String> expected = new ArrayList<>();
    String fingerprint = read("strace", folder.toString()).contentFingerprint();
    for (int[] shape : new int[][] {{1, 1 << 20}, {7, 1_000}, {4, 97}}) {
      SparkSession other = spark.newSession();
      other.conf().set("spark.sql.shuffle.partitions", shape[0]);
      other.conf().set("spark.sql.files.maxPartitionBytes", shape[1]);
      other.conf().set("spark.sql.files.openCostInBytes", 1);
      TraceSet traces = read(other, "strace", folder.toString());
      assertThat(traces.traces().rdd().getNumPartitions()).isEqualTo(shape[0]);
      List<String> lines = Corpus.lines(traces);
      assertThat(lines).hasSize(42);
      if (expected.isEmpty()) {
        expected.addAll(lines);
      }
      assertThat(lines).containsExactlyElementsOf(expected);
      assertThat(traces.contentFingerprint()).isEqualTo(fingerprint);
    }
  }

  @Test
  void whatIsNoLineOfTheFormatIsRejectedByNameOnceForEachReason() throws IOException {
    String audit =
        "type=SYSCALL msg=audit(1700000000.123:%d): arch=c000003e syscall=1 success=yes exit=1"
            + " a0=1 ppid=1 pid=7 auid=0 comm=\"x\" exe=\"/x\" key=(null)\n";
    new Corpus()
        .with("a.log", STRACE)
        .with("b audit.log", audit.formatted(1) + audit.formatted(2))
        .with("c binary", new byte[] {0x7f, 'E', 'L', 'F', 0, 1, '\n', 0, '\n'})
        .with("d empty", "")
        .with("e.gz", "not packed")
        .writeTo(folder);
    TraceSet traces = read("strace", folder.toString());

    assertThat(lines(traces)).containsExactlyElementsOf(TRACES);
    assertThat(Corpus.rejects(traces, folder))
        .containsExactlyInAnyOrder(
            "training b audit.log: line 1: is no line of strace: 'type=SYSCALL"
                + " msg=audit(1700000000.123:1)...'; the file looks like auditd (and 1 more line)",
            "training c binary: line 1: is binary: it holds the byte 0x00 (and 1 more line)",
            "training d empty: is empty",
            "training e.gz: cannot be read: Input is not in the .gz format");
    assertThat(traces.rejected()).isEqualTo(4);
    assertThatThrownBy(traces::requireUsable)
        .hasMessageStartingWith(
            "Cannot use the training traces from %s: 4 of 11 lines or rows rejected, a share of 0.3636"
                .formatted(folder));
  }

  @Test
  void aRecordingOfLidDsHasTheCallsThatPythonCountsInIt() {
    Path zip = Path.of("../../shared/data/lid-ds-recording.zip");
    assumeTrue(Files.exists(zip), "no recording of LID-DS is at " + zip.toAbsolutePath());
    TraceSettings settings = new TraceSettings("auto", "", "", "", "", zip.toString(), 10, 0);
    TraceSet traces = new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.OBSERVED);
    assertThat(traces.format())
        .contains(
            "sysdig, which aggressive_nightingale_1018.sc looks like; 2 files beside the recordings"
                + " are not read");
    assertThat(
            traces.traces().collectAsList().stream()
                .map(row -> row.getLong(6) + " " + row.getList(3).size())
                .sorted())
        .containsExactly(
            "2902771 37",
            "2902774 2296",
            "2902775 2317",
            "2902776 2268",
            "2902777 2166",
            "2902778 2198",
            "2904005 452");
    assertThat(traces.events().orElseThrow().text())
        .startsWith("11,734 events read; 11,734 lines ignored (end of a call 11,734)");
    traces.requireUsable();
  }
}
