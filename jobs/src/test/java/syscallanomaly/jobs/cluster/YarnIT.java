package syscallanomaly.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.storage.HdfsCluster;
import syscallanomaly.jobs.storage.SharedServers;

/**
 * submit.sh on YARN with two NodeManagers, workspace and program on HDFS: the driver in the
 * terminal, and in a container.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(SharedServers.class)
class YarnIT {
  /** In the environment, as conf/cluster/README.md recommends. */
  private static final String SECRET = "sesame-of-the-environment";

  private static final Path BUILD = Path.of("target").toAbsolutePath();
  private static final String PROGRAM = "/apps/syscall-anomaly";
  private static final int MEBIBYTES_A_NODE = 4096;
  private static final long STORING_SECONDS = 120;
  private static final long POLL_MILLIS = 200;

  private final Set<Long> containerMemory = new TreeSet<>();
  private Path folder;
  private HdfsCluster hdfs;
  private YarnCluster yarn;
  private Submission.Result client;
  private Submission.Result remote;

  @BeforeAll
  void runInEachMode(@TempDir Path temporary, HdfsCluster sharedHdfs) throws Exception {
    folder = temporary;
    hdfs = sharedHdfs;
    yarn = YarnCluster.start(folder.resolve("yarn"), hdfs.uri(""), MEBIBYTES_A_NODE);
    putProgram();
    remote = pipeline("remote", "cluster");
    client = pipeline("client", "client");
  }

  @AfterAll
  void stop() {
    if (yarn != null) {
      yarn.close();
    }
  }

  private void putProgram() throws IOException {
    for (Path part : List.of(BUILD.resolve("syscall-anomaly.jar"), BUILD.resolve("lib"))) {
      hdfs.files()
          .copyFromLocalFile(
              new org.apache.hadoop.fs.Path(part.toUri()),
              new org.apache.hadoop.fs.Path(PROGRAM, part.getFileName().toString()));
    }
  }

  /** The sample with the least work that fills every table; ClusterIT runs all detectors. */
  private Submission.Result pipeline(String run, String mode)
      throws IOException, InterruptedException {
    return submit(
        run,
        mode,
        "pipeline",
        "windows.limit=4000",
        "training.workers=2",
        "training.epochs=1",
        "network.layers=[8]",
        "network.embedding=4",
        "scoring.detectors=[lstm,stide]",
        "evaluation.bootstrap-samples=20");
  }

  private Submission.Result submit(String run, String mode, String job, String... assignments)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(job));
    Stream.concat(Stream.of("run.id=" + run, "workspace=hdfs:///yarn"), Stream.of(assignments))
        .forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
    arguments.addAll(
        List.of("--", "--properties-file", properties().toString(), "--deploy-mode", mode));
    return Submission.run(
        folder.resolve(run),
        Map.of(
            "HADOOP_CONF_DIR",
            yarn.configuration().toString(),
            "SYSCALL_JARS",
            "hdfs://" + PROGRAM,
            "AWS_ACCESS_KEY_ID",
            "key",
            "AWS_SECRET_ACCESS_KEY",
            SECRET,
            "SPARK_LOCAL_IP",
            "127.0.0.1"),
        this::containers,
        arguments.toArray(String[]::new));
  }

  /** Spark's own jars, which need not travel here. */
  private Path properties() throws IOException {
    String java = System.getProperty("java.home");
    return Files.writeString(
        folder.resolve("spark.properties"),
        """
        spark.master=yarn
        spark.yarn.jars=local:%s/jars/*
        spark.yarn.appMasterEnv.JAVA_HOME=%s
        spark.executorEnv.JAVA_HOME=%s
        spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1
        spark.driver.memory=1g
        spark.executor.instances=2
        spark.executor.memory=640m
        spark.sql.shuffle.partitions=2
        spark.network.timeout=1800s
        spark.driver.extraJavaOptions=%s
        spark.executor.extraJavaOptions=%s
        """
            .formatted(
                StandaloneCluster.SPARK_HOME,
                java,
                java,
                StandaloneCluster.OPTIONS_OF_SHORT_RUNS,
                StandaloneCluster.OPTIONS_OF_SHORT_RUNS));
  }

  private List<ProcessHandle> containers() {
    containerMemory.addAll(yarn.containerMemory());
    return yarn.processes();
  }

  @Test
  void bothModesEndWellAndPrintTheSameResults() {
    for (Submission.Result result : List.of(client, remote)) {
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("Building", "Cannot", "ERROR");
    }
    assertThat(remote.figures()).isEqualTo(client.figures()).hasSize(20);
    assertThat(client.err()).contains(": 2 executors, 2 tasks at a time");
    assertThat(remote.err())
        .contains("Run remote will be in hdfs:", "Submitted application application_")
        .doesNotContain("train, epoch");
  }

  @Test
  void containersGetModulesThreadsAndRoomForNativeArrays() {
    for (Submission.Result result : List.of(client, remote)) {
      assertThat(result.commandLines())
          .filteredOn(line -> line.contains("CoarseGrainedExecutorBackend"))
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                          "-Xmx640m",
                          "-XX:TieredStopAtLevel=1",
                          "-Dorg.bytedeco.javacpp.maxbytes=1024m"));
      assertThat(result.executorEnvironment()).contains("OMP_NUM_THREADS=1");
    }
    assertThat(remote.commandLines())
        .filteredOn(line -> line.contains("yarn.ApplicationMaster "))
        .isNotEmpty()
        .allMatch(line -> line.contains("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED"));
    assertThat(remote.driverEnvironment()).contains("OMP_NUM_THREADS=1");
    assertThat(containerMemory)
        .as("heap and overhead of an executor, and of a driver")
        .contains(640L + 384 + 1024, 1024L + 512);
  }

  @Test
  void noCommandLineAndNoLogShowsSecrets() throws Exception {
    for (Submission.Result result : List.of(client, remote)) {
      assertThat(String.join("\n", result.commandLines()))
          .contains("SparkSubmit", "CoarseGrainedExecutorBackend")
          .doesNotContain(SECRET);
      assertThat(result.out() + result.err()).doesNotContain(SECRET);
    }
    String trained = "train, epoch 1 of at most 1: 100 %";
    assertThat(logsWith(trained)).contains(trained).doesNotContain(SECRET);
  }

  /**
   * What containers have written, as YARN stores it. YARN goes on storing after an application has
   * ended, so this waits until the logs hold a text, and no file has the name of an unfinished one.
   * It returns what there is if that takes too long.
   */
  private String logsWith(String expected) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STORING_SECONDS);
    while (true) {
      List<org.apache.hadoop.fs.Path> files = storedLogs();
      boolean finished = files.stream().noneMatch(file -> file.getName().endsWith(".tmp"));
      boolean late = System.nanoTime() > end;
      if (finished || late) {
        String logs = read(files);
        if (logs.contains(expected) || late) {
          return logs;
        }
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private List<org.apache.hadoop.fs.Path> storedLogs() throws IOException {
    List<org.apache.hadoop.fs.Path> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found =
        hdfs.files()
            .listFiles(new org.apache.hadoop.fs.Path(YarnCluster.LOGS), /* recursive= */ true);
    while (found.hasNext()) {
      files.add(found.next().getPath());
    }
    return files;
  }

  private String read(List<org.apache.hadoop.fs.Path> files) throws IOException {
    ByteArrayOutputStream logs = new ByteArrayOutputStream();
    for (org.apache.hadoop.fs.Path file : files) {
      IOUtils.copyBytes(hdfs.files().open(file), logs, 4096, /* close= */ true);
    }
    return logs.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theExitCodeOfADriverInAContainerComesBack() throws Exception {
    Submission.Result unusable =
        submit("unusable", "cluster", "vocabulary", "traces.root=hdfs:///nowhere");

    assertThat(unusable.exitCode()).as(unusable.err()).isEqualTo(3);
    assertThat(unusable.err()).contains("/nowhere").doesNotContain("\tat ");
    String notAgain = "with exit code 3; it is not run again";
    assertThat(logsWith(notAgain)).as("YARN's second attempt").contains(notAgain);
  }
}
