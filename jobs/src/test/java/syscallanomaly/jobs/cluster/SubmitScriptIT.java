package syscallanomaly.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submit.sh tells spark-submit; in place of Spark there is a script that prints it. */
class SubmitScriptIT {
  private static final Path SCRIPT = Path.of("..", "submit.sh").toAbsolutePath().normalize();

  @TempDir Path folder;

  private Path sparkHome;

  private record Result(int exitCode, List<String> told, String err) {
    /** The value that follows an option; the last one counts. */
    String option(String name) {
      return told.get(told.lastIndexOf(name) + 1);
    }
  }

  @BeforeEach
  void writeSpark() throws IOException {
    sparkHome = folder.resolve("spark");
    Path submit = sparkHome.resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(
        submit,
        """
        #!/usr/bin/env bash
        case "$*" in
          *--encode-configuration*) echo ENCODED; exit "${CHECKED:-0}" ;;
          *--outcome*) printf '%s\\n' "$@" >"$0.outcome"; exit "${OUTCOME:-0}" ;;
          *) printf '%s\\n' "$@"; printf '%s' "${SAID-}" >&2; exit "${SUBMITTED:-0}" ;;
        esac
        """);
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  private Result submit(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return call(SCRIPT, environment, arguments);
  }

  private Result call(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("OMP_NUM_THREADS");
    builder.environment().remove("MALLOC_MMAP_THRESHOLD_");
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(exitCode, Files.readAllLines(out), Files.readString(err));
  }

  private String yarnProperties(String more) throws IOException {
    return Files.writeString(
            folder.resolve("yarn.conf"),
            """
            # spark.master local
            spark.master    yarn
            spark.submit.deployMode = cluster
            spark.driver.memory: 6g
            spark.jars /mine.jar
            """
                + more)
        .toString();
  }

  @Test
  void aFileOfPropertiesDecidesWhereTheDriverRuns() throws Exception {
    Result result =
        submit(
            Map.of(),
            "train",
            "--conf",
            "adfa-ld.conf",
            "--set=run.id=x",
            "--stacktrace",
            "--",
            "--properties-file",
            yarnProperties(""));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.option("--master")).isEqualTo("yarn");
    assertThat(result.option("--deploy-mode")).isEqualTo("cluster");
    assertThat(result.option("--jars")).endsWith(".jar,/mine.jar").contains("/nd4j-api-");
    assertThat(result.told())
        .contains(
            "spark.yarn.appMasterEnv.SYSCALL_CONFIGURATION=ENCODED",
            "spark.yarn.appMasterEnv.OMP_NUM_THREADS=1",
            "spark.yarn.appMasterEnv.MALLOC_MMAP_THRESHOLD_=131072",
            "spark.driver.memoryOverheadFactor=0.5",
            "spark.yarn.submit.waitAppCompletion=true")
        .containsSequence("train", "--stacktrace", "--conf", "env:SYSCALL_CONFIGURATION")
        .doesNotContain("--driver-memory", "adfa-ld.conf", "--set=run.id=x");
    assertThat(result.option("--submission")).isNotBlank();
  }

  @Test
  void theResultIsWrittenOnThisMachine() throws Exception {
    Result result =
        submit(
            Map.of(),
            "train",
            "--result",
            "here.json",
            "--",
            "--properties-file",
            yarnProperties(""));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.told())
        .containsSequence("train", "--conf", "env:SYSCALL_CONFIGURATION")
        .doesNotContain("--result", "here.json");
    assertThat(Files.readAllLines(sparkHome.resolve("bin/spark-submit.outcome")))
        .containsSubsequence("train", "--outcome", "--result", "here.json");
  }

  @Test
  void airflowsOperatorGetsTheSameAsATerminal() throws Exception {
    String[] arguments = {"train", "--conf", "adfa-ld.conf", "--set", "run.id=x"};
    String[] options = {"--master", "local[1]", "--conf", "spark.ui.enabled=true", "--verbose"};
    List<String> command = new ArrayList<>(List.of(options));
    command.add("syscall-anomaly");
    command.addAll(List.of(arguments));
    Result byOperator =
        call(
            SCRIPT.resolveSibling("jobs/airflow/spark-submit"),
            Map.of(),
            command.toArray(String[]::new));
    command = new ArrayList<>(List.of(arguments));
    command.add("--");
    command.addAll(List.of(options));
    Result byHand = submit(Map.of(), command.toArray(String[]::new));

    assertThat(byOperator.exitCode()).as(byOperator.err()).isZero();
    assertThat(byOperator.told())
        .isEqualTo(byHand.told())
        .containsSequence(arguments)
        .contains("spark.ui.enabled=true");
  }

  @Test
  void anOperatorWithoutAnApplicationIsRefused() throws Exception {
    Result result =
        call(SCRIPT.resolveSibling("jobs/airflow/spark-submit"), Map.of(), "--master", "local[1]");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "Cannot run: no application is named after the options of Spark; write syscall-anomaly\n");
  }

  @Test
  void theExitCodeIsThatOfTheJobWhateverSparkSays() throws Exception {
    Map<String, String> environment = Map.of("OUTCOME", "3", "SUBMITTED", "1");

    assertThat(submit(environment, "--", "--properties-file", yarnProperties("")).exitCode())
        .isEqualTo(3);
  }

  @Test
  void theExampleOfKubernetesIsSubmittedAsItStands() throws Exception {
    Result result =
        submit(
            Map.of("SYSCALL_JARS", "local:///opt/syscall-anomaly"),
            "--set",
            "workspace=s3a://bucket/syscalls",
            "--",
            "--properties-file",
            SCRIPT.resolveSibling("conf/cluster/kubernetes.conf").toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.option("--master")).isEqualTo("k8s://https://kubernetes.example.org:6443");
    assertThat(result.option("--deploy-mode")).isEqualTo("cluster");
    assertThat(result.option("--jars").split(","))
        .hasSizeGreaterThan(20)
        .allMatch(jar -> jar.matches("local:///opt/syscall-anomaly/lib/[^/]+\\.jar"));
    assertThat(result.told())
        .contains(
            "local:///opt/syscall-anomaly/syscall-anomaly.jar",
            "spark.kubernetes.driverEnv.SYSCALL_CONFIGURATION=ENCODED",
            "spark.kubernetes.driverEnv.OMP_NUM_THREADS=1",
            "spark.kubernetes.driverEnv.MALLOC_MMAP_THRESHOLD_=131072",
            "spark.kubernetes.submission.waitAppCompletion=true")
        .containsSequence("--conf", "env:SYSCALL_CONFIGURATION")
        .doesNotContain("workspace=s3a://bucket/syscalls", "spark.driver.memoryOverheadFactor=0.5");
  }

  @Test
  void theUsersRoomForTheDriversArraysStands() throws Exception {
    Result result =
        submit(
            Map.of(),
            "--",
            "--properties-file",
            yarnProperties("spark.driver.memoryOverhead 3g\n"));

    assertThat(result.told()).doesNotContain("spark.driver.memoryOverheadFactor=0.5");
  }

  @Test
  void aFailedJobIsNotToldOfByAStackTrace() throws Exception {
    Result result =
        submit(
            Map.of(
                "OUTCOME",
                "3",
                "SUBMITTED",
                "1",
                "SAID",
                """
                ERROR Client: Application diagnostics message: what YARN knows
                Exception in thread "main" org.apache.spark.SparkException: Application application_1_1 finished with failed status
                \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1312)
                \tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
                last line
                """),
            "--",
            "--properties-file",
            yarnProperties(""));

    assertThat(result.err())
        .endsWith("ERROR Client: Application diagnostics message: what YARN knows\nlast line\n");
  }

  @Test
  void aWrongConfigurationIsNotSubmitted() throws Exception {
    Result result = submit(Map.of("CHECKED", "2"), "--", "--properties-file", yarnProperties(""));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.told()).isEmpty();
  }

  @Test
  void whoDoesNotWaitGetsTheExitCodeOfTheSubmission() throws Exception {
    Result result =
        submit(
            Map.of("OUTCOME", "3", "SUBMITTED", "1"),
            "--",
            "--properties-file",
            yarnProperties("spark.yarn.submit.waitAppCompletion false\n"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.told())
        .contains("env:SYSCALL_CONFIGURATION")
        .doesNotContain("--submission", "spark.yarn.submit.waitAppCompletion=true");
  }

  @Test
  void jarsMayLieElsewhere() throws Exception {
    Result result =
        submit(Map.of("SYSCALL_JARS", "hdfs://namenode/apps/"), "--", "--master", "yarn");

    assertThat(result.told()).contains("hdfs://namenode/apps/syscall-anomaly.jar");
    assertThat(result.option("--jars").split(","))
        .hasSizeGreaterThan(20)
        .allMatch(jar -> jar.matches("hdfs://namenode/apps/lib/[^/]+\\.jar"));
  }

  @Test
  void theUsersOptionsOfTheDriverStandBesideOurs() throws Exception {
    Result result =
        submit(
            Map.of(),
            "--",
            "--master=local[1]",
            "--driver-java-options=-Dmine=1",
            "--driver-memory",
            "2g",
            "--conf",
            "spark.driver.defaultJavaOptions=-Dcompany=1");

    assertThat(result.option("--driver-memory")).isEqualTo("2g");
    assertThat(result.option("--driver-java-options")).isEqualTo("-Dmine=1");
    assertThat(result.told())
        .anyMatch(
            told ->
                told.startsWith(
                        "spark.driver.defaultJavaOptions=--add-exports=java.base/jdk.internal.module=ALL-UNNAMED ")
                    && told.endsWith(" -Dcompany=1"));
  }

  @Test
  void aSecretOnTheCommandLineIsWarnedOfAndNotRepeated() throws Exception {
    Result result =
        submit(
            Map.of(),
            "--",
            "--master",
            "local[1]",
            "--conf",
            "spark.hadoop.fs.s3a.secret.key=sesame");

    assertThat(result.err())
        .startsWith("Warning: every user of this machine can see spark.hadoop.fs.s3a.secret.key")
        .doesNotContain("sesame");
  }

  @Test
  void clusterModeWithoutAClusterIsRefused() throws Exception {
    Result result = submit(Map.of(), "--", "--deploy-mode", "cluster");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "Cannot run: deploy mode cluster needs a cluster; give its address with --master\n");
    assertThat(result.told()).isEmpty();
  }
}
