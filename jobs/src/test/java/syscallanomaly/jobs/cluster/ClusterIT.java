package syscallanomaly.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.jobs.storage.HdfsCluster;
import syscallanomaly.jobs.storage.SharedServers;
import syscallanomaly.warehouse.MetricTable;

/**
 * submit.sh on a standalone cluster of two workers, the workspace on HDFS: the driver in the
 * terminal, on the cluster, and for comparison everything on this machine.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(SharedServers.class)
class ClusterIT {
  /** In the environment, as conf/cluster/README.md recommends. */
  private static final String SECRET = "sesame-of-the-environment";

  /** In a file of Spark properties, which is as good where the driver is in the terminal. */
  private static final String OTHER_SECRET = "sesame-of-the-properties";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_ACCESS_KEY_ID",
          "key",
          "AWS_SECRET_ACCESS_KEY",
          SECRET,
          "SPARK_LOCAL_IP",
          "127.0.0.1");

  private static final String WORKSPACE = "/standalone";

  private Path folder;
  private Path properties;
  private HdfsCluster hdfs;
  private StandaloneCluster cluster;
  private int logsBefore;
  private Submission.Result local;
  private Submission.Result client;
  private Submission.Result remote;

  @BeforeAll
  void runInEachMode(
      @TempDir Path temporary, HdfsCluster sharedHdfs, StandaloneCluster sharedCluster)
      throws Exception {
    folder = temporary;
    hdfs = sharedHdfs;
    cluster = sharedCluster;
    logsBefore = clusterLogs().size();
    properties =
        Files.writeString(
            folder.resolve("spark.properties"),
            """
            spark.cores.max=2
            spark.executor.cores=1
            spark.executor.memory=640m
            spark.sql.shuffle.partitions=2
            spark.network.timeout=1800s
            spark.driver.extraJavaOptions=%s
            spark.executor.extraJavaOptions=%s
            """
                .formatted(
                    StandaloneCluster.OPTIONS_OF_SHORT_RUNS,
                    StandaloneCluster.OPTIONS_OF_SHORT_RUNS));
    Path withSecret =
        Files.writeString(
            folder.resolve("spark-with-secret.properties"),
            Files.readString(properties) + "spark.hadoop.fs.s3a.secret.key " + OTHER_SECRET + "\n");
    local = run("local", Map.of(), "--master", "local[2]", "--properties-file", "" + properties);
    client = onCluster("client", "client", "--properties-file", withSecret.toString());
    remote = onCluster("remote", "cluster", "--properties-file", properties.toString());
  }

  private Submission.Result onCluster(String run, String mode, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--master", cluster.url(), "--deploy-mode", mode));
    all.addAll(List.of(options));
    return run(run, ENVIRONMENT, all.toArray(String[]::new));
  }

  /** The sample with the least work that fills every table. */
  private Submission.Result run(String run, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("pipeline"));
    for (String assignment :
        List.of(
            "run.id=" + run,
            "workspace=" + hdfs.uri(WORKSPACE),
            "windows.limit=4000",
            "training.workers=2",
            "training.epochs=1",
            "network.layers=[8]",
            "network.embedding=4",
            "evaluation.bootstrap-samples=20")) {
      arguments.addAll(List.of("--set", assignment));
    }
    arguments.addAll(List.of("--result", result(run).toString(), "--", "--driver-memory", "1g"));
    arguments.addAll(List.of(options));
    return submit(run, environment, arguments.toArray(String[]::new));
  }

  private Path result(String run) {
    return folder.resolve(run + ".json");
  }

  private Submission.Result submit(
      String name, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return Submission.run(folder.resolve(name), environment, cluster::processes, arguments);
  }

  @Test
  void allModesEndWellAndPrintTheSameResults() {
    for (Submission.Result result : List.of(local, client, remote)) {
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("Building", "Cannot", "ERROR");
    }
    assertThat(client.figures()).isEqualTo(local.figures()).hasSize(28);
    assertThat(remote.figures()).isEqualTo(local.figures());
    assertThat(client.err())
        .contains("train, epoch 1 of at most 1: 100 %", ": 2 executors, 2 tasks at a time");
    assertThat(remote.commandLines())
        .as("the driver has the user's options beside ours")
        .anyMatch(
            line ->
                line.contains("DriverWrapper")
                    && line.contains(" -XX:TieredStopAtLevel=1 ")
                    && line.contains(" --add-exports=java.base/jdk.internal.module=ALL-UNNAMED "));
    assertThat(remote.err())
        .contains("Run remote will be in hdfs:", "Driver running on 127.0.0.1:")
        .doesNotContain("train, epoch");
  }

  @Test
  void allModesWriteTheSameFiguresForOtherPrograms() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> expected =
        json.readValue(result("local").toFile(), Outcome.class).figures();
    // So few traces calibrate that no alarm is possible, and a rate would mean nothing.
    assertThat(expected).containsKey("detector").doesNotContainKey("alarm_rate");
    for (String run : List.of("client", "remote")) {
      Map<String, Object> figures = json.readValue(result(run).toFile(), Outcome.class).figures();
      assertThat(figures.get("run_id")).isEqualTo(run);
      assertThat(figures).containsAllEntriesOf(withoutNames(expected));
    }
  }

  private static Map<String, Object> withoutNames(Map<String, Object> figures) {
    Map<String, Object> rest = new TreeMap<>(figures);
    rest.keySet().removeAll(Set.of("run_id", "run_folder"));
    return rest;
  }

  @Test
  void allModesFillTheTablesWithTheSameNumbers() {
    try (WarehouseReader warehouse =
        new WarehouseReader(hdfs.uri(WORKSPACE + "/warehouse"), Map.of())) {
      for (String run : List.of("client", "remote")) {
        same(warehouse, run, MetricTable.RUNS, "status", "workers", "input_fingerprint");
        same(warehouse, run, MetricTable.DATA_PROFILE, "split", "calls", "distinct_windows");
        same(warehouse, run, MetricTable.EPOCHS, "epoch", "loss", "held_out_loss");
        same(warehouse, run, MetricTable.NEXT_CALL, "split", "loss", "accuracy");
        same(warehouse, run, MetricTable.TRACE_SCORES, "detector", "trace_id", "score", "p_value");
        same(warehouse, run, MetricTable.DETECTION, "detector", "population", "family", "auc");
        same(warehouse, run, MetricTable.ROC, "detector", "population", "threshold", "fpr", "tpr");
      }
    }
  }

  private static void same(
      WarehouseReader warehouse, String run, MetricTable table, String... columns) {
    List<Row> expected = warehouse.rows(table, "local", columns);
    List<Row> actual = warehouse.rows(table, run, columns);
    assertThat(actual).as(table + " of " + run).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < actual.size(); i++) {
      for (int column = 0; column < columns.length; column++) {
        if (expected.get(i).get(column) instanceof Double number) {
          assertThat(actual.get(i).getDouble(column))
              .as(table + " " + expected.get(i))
              .isCloseTo(number, within(1e-6));
        } else {
          assertThat(actual.get(i).get(column)).isEqualTo(expected.get(i).get(column));
        }
      }
    }
  }

  @Test
  void executorsGetModulesThreadsAndRoomForNativeArrays() {
    for (Submission.Result result : List.of(client, remote)) {
      List<String> executors =
          result.commandLines().stream()
              .filter(line -> line.contains("CoarseGrainedExecutorBackend"))
              .toList();
      assertThat(executors)
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                          "-Xmx640M",
                          "-XX:TieredStopAtLevel=1",
                          "-Dorg.bytedeco.javacpp.maxbytes=1024m"));
      assertThat(result.executorEnvironment()).contains("OMP_NUM_THREADS=1");
    }
  }

  @Test
  void noCommandLineAndNoLogShowsSecrets() throws IOException {
    for (Submission.Result result : List.of(client, remote)) {
      assertThat(result.commandLines()).anyMatch(line -> line.contains("SparkSubmit"));
      assertThat(String.join("\n", result.commandLines())).doesNotContain(SECRET, OTHER_SECRET);
      assertThat(result.out() + result.err()).doesNotContain(SECRET, OTHER_SECRET);
    }
    assertThat(logsBefore).as("of the master and two workers").isGreaterThanOrEqualTo(3);
    List<Path> files = clusterLogs();
    assertThat(files).hasSizeGreaterThanOrEqualTo(logsBefore + 2 * 2);
    for (Path file : files) {
      assertThat(file).content().doesNotContain(SECRET, OTHER_SECRET);
    }
  }

  /** What master, workers, drivers and executors have written, in all tests of this cluster. */
  private List<Path> clusterLogs() throws IOException {
    try (Stream<Path> logs = Files.walk(cluster.folder())) {
      return logs.filter(
              path ->
                  path.toString().endsWith(".log")
                      || path.getFileName().toString().startsWith("std"))
          .toList();
    }
  }

  @Test
  void laterRunsStartFromAnArchiveOfClasses() {
    assertThat(client.commandLines())
        .anyMatch(line -> line.contains("SparkSubmit") && line.contains("-XX:SharedArchiveFile="));
    assertThat(local.out()).as("Java's own lines about the archive").doesNotContain("[cds");
  }

  @Test
  void nothingListensThatSparkDoesNotNeed() {
    assertThat(listeners(local, "submission"))
        .as("driver and block manager of a Spark on this machine")
        .allSatisfy(found -> assertThat(found).hasSizeLessThanOrEqualTo(2))
        .anySatisfy(found -> assertThat(found).hasSize(2));
    assertThat(listeners(client, "submission"))
        .as("driver and block manager")
        .allSatisfy(found -> assertThat(found).hasSizeLessThanOrEqualTo(2))
        .anySatisfy(found -> assertThat(found).hasSize(2));
    assertThat(listeners(remote, "driver"))
        .as("driver, block manager, and what watches the worker")
        .singleElement()
        .satisfies(found -> assertThat(found).hasSize(3));
    for (Submission.Result result : List.of(client, remote)) {
      assertThat(listeners(result, "executor"))
          .as("block manager")
          .allSatisfy(found -> assertThat(found).hasSizeLessThanOrEqualTo(1));
    }
    assertThat(local.listeners().values().stream().flatMap(Set::stream))
        .allMatch(ProcessView.Listener::isLoopback);
  }

  private static List<Set<ProcessView.Listener>> listeners(Submission.Result result, String kind) {
    return result.listeners().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * As a user who may read the run but not write it, into a workspace of that user. What is judged
   * is what strace wrote.
   */
  @Test
  void anotherUserJudgesWithTheDetectorOfARun() throws Exception {
    DistributedFileSystem files = hdfs.files();
    org.apache.hadoop.fs.Path own = new org.apache.hadoop.fs.Path(hdfs.uri("/analyst"));
    files.mkdirs(own);
    files.setOwner(own, "analyst", "analysts");
    org.apache.hadoop.fs.Path observed = new org.apache.hadoop.fs.Path("/observed/web.4711");
    try (FSDataOutputStream out = files.create(observed)) {
      for (int i = 0; i < 6; i++) {
        out.writeBytes(
            "1700000000.10000%d read(3, \"\", 8) = 0\n1700000000.20000%d close(3) = 0\n"
                .formatted(i, i));
      }
    }
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("HADOOP_USER_NAME", "analyst");

    Submission.Result judged =
        submit(
            "judged",
            environment,
            "detect",
            "--set",
            "run.id=judged",
            "--set",
            "workspace=" + own,
            "--set",
            "detector=" + hdfs.uri(WORKSPACE + "/runs/client"),
            "--set",
            "traces.observed=" + hdfs.uri("/observed"),
            "--set",
            "traces.format=auto",
            "--",
            "--master=" + cluster.url(),
            "--deploy-mode=client",
            "--driver-memory=1g",
            "--properties-file=" + properties);

    assertThat(judged.exitCode()).as(judged.err()).isZero();
    assertThat(judged.out())
        .contains(
            "observed    1 traces, 12 calls, 0 rejected\n",
            "process 4711",
            "detector    fitted by run client to 14 normal traces");
    assertThat(files.getFileStatus(new org.apache.hadoop.fs.Path(own, "runs/judged")).getOwner())
        .isEqualTo("analyst");
  }

  @Test
  void theExitCodeOfADriverOnTheClusterComesBack() throws Exception {
    Submission.Result unusable =
        submit(
            "unusable",
            ENVIRONMENT,
            "vocabulary",
            "--set",
            "run.id=unusable",
            "--set",
            "workspace=" + hdfs.uri(WORKSPACE),
            "--set",
            "traces.root=" + hdfs.uri("/nowhere"),
            "--",
            "--master=" + cluster.url(),
            "--deploy-mode=cluster",
            "--driver-memory=1g");

    assertThat(unusable.exitCode()).as(unusable.err()).isEqualTo(3);
    assertThat(unusable.err()).contains("/nowhere").doesNotContain("\tat ");
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingIsSubmitted() throws Exception {
    Submission.Result wrong =
        submit(
            "wrong",
            ENVIRONMENT,
            "--set",
            "windows.length=1",
            "--",
            "--master",
            cluster.url(),
            "--deploy-mode",
            "cluster");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("Cannot use windows.length = 1").doesNotContain("submitted");
  }
}
