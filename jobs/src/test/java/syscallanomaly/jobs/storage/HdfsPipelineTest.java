package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.jobs.Program;

/** Traces, workspace and tables on HDFS. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(SharedServers.class)
class HdfsPipelineTest {
  private static final short OWNER_ONLY = 0700;
  private static final short ALL = 0777;
  private static final int FILES = 6000;

  /** A block takes all of its size from a quota, on each DataNode, as long as it is written. */
  private static final long ROOM = 8 * HdfsCluster.BLOCK * HdfsCluster.DATA_NODES;

  private HdfsCluster cluster;
  private DistributedFileSystem files;
  private org.apache.hadoop.fs.Path traces;

  @BeforeAll
  void start(HdfsCluster shared) throws Exception {
    cluster = shared;
    files = cluster.files();
    traces = new org.apache.hadoop.fs.Path(cluster.uri("/traces"));
    SmallCorpus.write(files, traces);
    files.mkdirs(new org.apache.hadoop.fs.Path("/analysts"));
    files.setPermission(new org.apache.hadoop.fs.Path("/analysts"), new FsPermission(ALL));
  }

  private Program program(String workspace) {
    return new Program(cluster.uri(workspace), HdfsCluster.options());
  }

  @Test
  void theWholePipelineRunsThereAndAnotherUserJudgesWithItsDetector() throws Exception {
    String corpus = cluster.uri("/corpus");
    SmallCorpus.write(files, new org.apache.hadoop.fs.Path(corpus));
    Program.Outcome outcome = SmallCorpus.run(program("/workspace"), "pipeline", corpus);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    SmallCorpus.requireAllOutput(files, cluster.uri("/workspace"), Map.of());
    SmallCorpus.promote(
        files, program("/workspace"), cluster.uri("/workspace"), corpus, HdfsCluster.options());

    for (org.apache.hadoop.fs.Path gone :
        SmallCorpus.normal(new org.apache.hadoop.fs.Path(corpus))) {
      assertThat(files.delete(gone, true)).isTrue();
    }
    Program.Outcome judged =
        HdfsCluster.as(
            "analyst",
            () -> SmallCorpus.judge(program("/analysts/own"), cluster.uri("/workspace"), corpus));
    assertThat(judged.exitCode()).as(judged.err()).isZero();
    SmallCorpus.requireJudgedAlike(
        cluster.uri("/workspace"), cluster.uri("/analysts/own"), HdfsCluster.options());
    assertThat(files.getFileStatus(new org.apache.hadoop.fs.Path("/analysts/own/runs")).getOwner())
        .isEqualTo("analyst");
  }

  @Test
  void tracesThatAUserMayNotReadAreUnusableInput() throws Exception {
    org.apache.hadoop.fs.Path secret = new org.apache.hadoop.fs.Path(cluster.uri("/secret"));
    SmallCorpus.write(files, secret);
    files.setPermission(secret, new FsPermission(OWNER_ONLY));

    Program.Outcome outcome =
        HdfsCluster.as(
            "analyst",
            () -> SmallCorpus.run(program("/analysts/w"), "vocabulary", secret.toString()));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.complaint())
        .startsWith("Cannot read training traces from " + secret + "/Training_Data_Master: ")
        .contains("Permission denied: user=analyst, access=EXECUTE", "/secret")
        .endsWith(
            "; let that user do so, or run as another one; check traces.root and traces.training");
  }

  @Test
  void aWorkspaceThatAUserMayNotWriteIsWrongUse() throws Exception {
    Program.Outcome outcome =
        HdfsCluster.as(
            "analyst", () -> SmallCorpus.run(program("/mine"), "vocabulary", traces.toString()));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.complaint())
        .startsWith("Cannot write to workspace " + cluster.uri("/mine") + ": Permission denied: ")
        .contains("user=analyst, access=WRITE", "let that user do so, or run as another one")
        .endsWith("; set workspace to a folder or URI that can be written");
    assertThat(files.exists(new org.apache.hadoop.fs.Path("/mine"))).isFalse();
  }

  @Test
  void aTraceWithoutItsBlockEndsTheRunAndIsNoReject() throws Exception {
    org.apache.hadoop.fs.Path damaged = new org.apache.hadoop.fs.Path(cluster.uri("/damaged"));
    SmallCorpus.write(files, damaged);
    cluster.loseBlocks(SmallCorpus.training(damaged, 7));

    Program.Outcome outcome =
        SmallCorpus.run(program("/damaged-workspace"), "vocabulary", damaged.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.complaint())
        .startsWith("Cannot read " + SmallCorpus.training(damaged, 7) + ": a block of it is on no")
        .contains("once it can be read, run again");
    assertThat(names("/damaged-workspace/runs/r/rejects")).isEmpty();
  }

  /** Listed by the page and opened with one call each, in few partitions. */
  @Test
  void sixThousandFilesAreReadWithOneOpeningEach() throws Exception {
    IntStream.range(0, FILES).parallel().forEach(this::writeSmallTrace);

    try (TraceReading reading = TraceReading.start(Map.of())) {
      HdfsCluster.takeCounts();
      reading.requireAnOpeningEach(
          cluster.uri("/many"), FILES, HdfsCluster::takeCounts, "op_list_status", "op_open");
    }
  }

  /** On one DataNode, which is sooner done. */
  private void writeSmallTrace(int number) {
    try (FSDataOutputStream out =
        files
            .createFile(new org.apache.hadoop.fs.Path("/many/t%04d.txt".formatted(number)))
            .replication((short) 1)
            .recursive()
            .build()) {
      out.writeBytes("3 4 5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The room that is left holds every file but the model, whose network is larger. */
  @Test
  void withNoRoomForTheModelTheRunEndsAndGoesOnOnceThereIsRoom() throws Exception {
    org.apache.hadoop.fs.Path workspace = new org.apache.hadoop.fs.Path("/full");
    files.mkdirs(workspace);
    files.setQuota(workspace, HdfsConstants.QUOTA_DONT_SET, ROOM);
    Map<String, String> options = HdfsCluster.options();
    // A Parquet file asks for room for a group of rows when it is opened.
    options.put("spark.hadoop.parquet.block.size", String.valueOf(HdfsCluster.BLOCK));
    options.put(
        "spark.sql.catalog.syscall.table-default.write.parquet.row-group-size-bytes",
        String.valueOf(HdfsCluster.BLOCK));
    Program program = new Program(cluster.uri("/full"), options);

    Program.Outcome full = runLarger(program);

    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    assertThat(full.complaint())
        .startsWith(
            "Cannot finish the job: there is no room to write (The DiskSpace quota of /full ")
        .endsWith(
            "; make room and give the same command again, which goes on from there; details are in "
                + cluster.uri("/full/runs/r/failure.txt"));
    assertThat(full.err().lines().filter(line -> line.startsWith("Cannot finish"))).hasSize(1);
    assertThat(full.err()).doesNotContain("\tat ");
    assertThat(read(files, "/full/runs/r/manifest.json"))
        .containsPattern("\"train\" : \\{\\s*\"state\" : \"failed\"");
    assertThat(names("/full/runs/r"))
        .containsExactlyInAnyOrder(
            "checkpoints", "failure.txt", "manifest.json", "rejects", "vocabulary.json", "windows");
    assertThat(names("/full/runs/r/checkpoints")).noneMatch(name -> name.endsWith(".state"));

    files.setQuota(workspace, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    Program.Outcome again = runLarger(program);

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).startsWith("vocabulary, windows: done before\n");
    assertThat(
            names("/full/runs/r").stream().map(name -> name.replaceFirst("model-.{12}", "model")))
        .containsExactlyInAnyOrder(
            "checkpoints",
            "detector",
            "manifest.json",
            "model.json",
            "model.zip",
            "rejects",
            "report.html",
            "vocabulary.json",
            "windows");
  }

  @Test
  void withNoRoomAtAllTheRunSaysSoBeforeItStarts() throws Exception {
    org.apache.hadoop.fs.Path workspace = new org.apache.hadoop.fs.Path("/overfull");
    files.mkdirs(workspace);
    files.setQuota(workspace, HdfsConstants.QUOTA_DONT_SET, 1);

    Program.Outcome outcome =
        SmallCorpus.run(program("/overfull"), "vocabulary", traces.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.complaint())
        .startsWith("Cannot finish the job: there is no room to write (The DiskSpace quota of ")
        .endsWith("goes on from there; --stacktrace shows details");
    assertThat(names("/overfull/runs/r")).isEmpty();
  }

  private Program.Outcome runLarger(Program program) {
    return SmallCorpus.run(program, "pipeline", traces.toString(), "--set", "network.layers=[512]");
  }

  /** What a folder holds, what is hidden too; nothing where there is no such folder. */
  private List<String> names(String folder) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    return files.exists(path)
        ? Arrays.stream(files.listStatus(path)).map(file -> file.getPath().getName()).toList()
        : List.of();
  }

  private static String read(FileSystem files, String path) throws Exception {
    try (var in = files.open(new org.apache.hadoop.fs.Path(path))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
