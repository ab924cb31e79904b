package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.cluster.StandaloneCluster;
import syscallanomaly.warehouse.MetricTable;

/**
 * The DAGs in a real Airflow: a night by a command, then three nights by all of its services, of
 * which one repeats the first and one is killed.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AirflowIT {
  private static final Path DAGS =
      Path.of("airflow", "syscall_anomaly.py").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The DAGs as a user makes them, but they try again soon, and no night comes by itself. */
  private static final String NIGHTS =
      """
      # A dag of airflow: it reads only files with both words.
      from datetime import timedelta
      import pendulum
      from syscall_anomaly import COMMON_PARAMS, TRAINING_PARAMS, dag, detection, retraining

      TASK_ARGS = {"retry_delay": timedelta(seconds=1)}
      DAG_ARGS = {
          "schedule": "0 2 * * *",
          "end_date": pendulum.datetime(2024, 3, 31),
          "is_paused_upon_creation": False,
      }
      night = retraining("night", task_args=TASK_ARGS, dag_args=DAG_ARGS)
      day = detection("day", task_args=TASK_ARGS, dag_args=DAG_ARGS)
      gate = dag("gate", ("promote",), {**COMMON_PARAMS, **TRAINING_PARAMS}, {}, TASK_ARGS, DAG_ARGS)
      """;

  private static final List<String> STEPS =
      List.of("vocabulary", "windows", "train", "fit", "score");

  /** What a night with one detector that is no language model fills. */
  private static final Set<MetricTable> TABLES =
      EnumSet.of(
          MetricTable.DATA_PROFILE,
          MetricTable.EPOCHS,
          MetricTable.TRACE_SCORES,
          MetricTable.DETECTION,
          MetricTable.ROC);

  private Path workspace;
  private Program program;
  private Airflow airflow;
  private RunTables afterTheFirst;

  @BeforeAll
  void testANight(@TempDir Path temporary) throws Exception {
    assumeThat(Airflow.isInstalled())
        .as("There is no Airflow in jobs/target/airflow; .ci/run puts it there")
        .isTrue();
    Path home = Files.createDirectories(temporary.resolve("airflow"));
    Path dags = Files.createDirectories(home.resolve("dags"));
    Files.createSymbolicLink(dags.resolve("syscall_anomaly.py"), DAGS);
    Files.writeString(dags.resolve("nights.py"), NIGHTS);
    workspace = temporary.resolve("workspace");
    program = new Program(workspace);
    SmallTraces.write(temporary.resolve("traces"));
    airflow =
        new Airflow(
            home,
            Map.of(
                "AIRFLOW_CONN_SPARK_DEFAULT",
                "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}",
                "AIRFLOW_CONN_ELSEWHERE",
                "{\"conn_type\": \"http\", \"host\": \"localhost\"}"));
    Airflow.Result first =
        airflow.run(
            "airflow",
            "dags",
            "test",
            "night",
            "2024-03-14T02:00:00Z",
            "--conf",
            JSON.writeValueAsString(params()));
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("Promoted: the detector of run night-2024-03-14T020000 is in use now");
    afterTheFirst = tables("night-2024-03-14T020000");
    airflow.startServices();
  }

  @AfterAll
  void end() {
    if (airflow != null) {
      airflow.close();
    }
  }

  private RunTables tables(String run) {
    return RunTables.read(program.warehouse(), run, TABLES);
  }

  /**
   * The training traces are those of the days of the month before the run is due, at most thirteen.
   * There is a checkpoint after each round.
   */
  private Map<String, Object> params() {
    Map<String, Object> settings = new TreeMap<>();
    Stream.of(SmallTraces.options(Path.of("unused"), "unused"))
        .filter(option -> option.contains("="))
        .map(option -> option.split("=", 2))
        .filter(assignment -> !Set.of("traces.root", "run.id").contains(assignment[0]))
        .forEach(assignment -> settings.put(assignment[0], assignment[1]));
    settings.put("scoring.detectors", "[stide]");
    settings.put("scoring.false-alarm-rate", 0.3);
    settings.put("promotion.max-false-alarm-rate", 1);
    settings.put("promotion.max-unknown-calls", 1);
    return new HashMap<>(
        Map.of(
            "workspace",
            workspace.toString(),
            "root",
            workspace.resolveSibling("traces").toString(),
            "training",
            "Training_Data_Master/{t<first>.txt..t<last>.txt}",
            "days",
            13,
            "date_format",
            "%d",
            "settings",
            settings,
            "spark",
            Map.of(
                "spark.driver.memory",
                "1g",
                "spark.driver.extraJavaOptions",
                StandaloneCluster.OPTIONS_OF_SHORT_RUNS)));
  }

  /** Starts a run over the API and waits for its end; its state. */
  private String run(String dag, String date, Map<String, Object> params) throws Exception {
    JsonNode started =
        airflow.post(
            "dags/" + dag + "/dagRuns",
            Map.of(
                "logical_date", date + "T00:00:00Z", "dag_run_id", "on-" + date, "conf", params));
    assertThat(started.path("dag_run_id").asText()).as(started.toString()).isEqualTo("on-" + date);
    return stateAtTheEnd(dag, "on-" + date);
  }

  private String stateAtTheEnd(String dag, String run) throws IOException, InterruptedException {
    airflow.await("the end of " + run, () -> Set.of("success", "failed").contains(state(dag, run)));
    return state(dag, run);
  }

  private String state(String dag, String run) throws IOException, InterruptedException {
    return airflow.get("dags/" + dag + "/dagRuns/" + run).path("state").asText();
  }

  private JsonNode task(String dag, String run, String task) throws Exception {
    return airflow.get("dags/" + dag + "/dagRuns/" + run + "/taskInstances/" + task);
  }

  private JsonNode told(String dag, String run, String task, String figure) throws Exception {
    return airflow
        .get(
            "dags/" + dag + "/dagRuns/" + run + "/taskInstances/" + task + "/xcomEntries/" + figure)
        .path("value");
  }

  @Test
  @Order(1)
  void theDagsImportWithoutAWarning() throws Exception {
    Airflow.Result imported =
        airflow.run(
            "python",
            "-W",
            "default",
            "-c",
            """
            import os
            from pathlib import Path
            from airflow.dag_processing.dagbag import BundleDagBag
            dags = Path(os.environ["AIRFLOW_HOME"], "dags")
            bag = BundleDagBag(dags, bundle_path=dags, bundle_name="dags-folder")
            print(sorted(bag.dags), bag.import_errors, bag.captured_warnings)
            """);

    assertThat(imported.output().lines().toList())
        .last()
        .isEqualTo(
            "['day', 'gate', 'night', 'syscall_anomaly_detect', 'syscall_anomaly_retrain'] {} {}");
  }

  /** One of the nights is the first one again. In the last one, the driver is killed. */
  @Test
  @Order(2)
  void aBackfillReplacesAndResumesNights() throws Exception {
    String last = "night-2024-03-16T020000";
    startBackfill();
    airflow.await(
        "the second epoch of the last night",
        () -> program.hasCheckpoint(last, "epoch-0002-round-0000[12]\\d\\.state"));
    airflow.killDriver("run.id=" + last);

    List<String> runs = nights();
    assertThat(runs).hasSize(3);
    for (String run : runs) {
      assertThat(stateAtTheEnd("night", run)).as(run).isEqualTo("success");
      assertThat(task("night", run, "promote").path("state").asText()).isEqualTo("skipped");
    }
    tables("night-2024-03-14T020000").assertSameAs(afterTheFirst);
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      for (String day : List.of("14", "15", "16")) {
        String run = "night-2024-03-%sT020000".formatted(day);
        assertThat(warehouse.rows(MetricTable.RUNS, run, "status"))
            .containsExactly(RowFactory.create("succeeded"));
        assertThat(warehouse.rows(MetricTable.DATA_PROFILE, run, "split", "traces"))
            .as("thirteen days of one trace each")
            .contains(RowFactory.create("training", 13L));
      }
    }
    assertKilledAndResumed(runs.get(2), last);
  }

  private void startBackfill() throws Exception {
    Map<String, Object> backfill =
        Map.of(
            "dag_id",
            "night",
            "from_date",
            "2024-03-14T00:00:00Z",
            "to_date",
            "2024-03-17T00:00:00Z",
            "max_active_runs",
            1,
            "reprocess_behavior",
            "completed",
            "dag_run_conf",
            params());
    AtomicReference<JsonNode> answer = new AtomicReference<>();
    // On SQLite, Airflow creates no backfill at a moment in which a service writes.
    airflow.await(
        "a moment without writers",
        () -> {
          answer.set(airflow.post("backfills", backfill));
          return !answer.get().path("detail").asText().startsWith("Database is locked");
        });
    assertThat(answer.get().path("id").isNumber()).as(answer.toString()).isTrue();
  }

  private List<String> nights() throws IOException, InterruptedException {
    List<String> runs = new ArrayList<>();
    for (JsonNode run : airflow.get("dags/night/dagRuns?order_by=logical_date").path("dag_runs")) {
      runs.add(run.path("dag_run_id").asText());
    }
    return runs;
  }

  private void assertKilledAndResumed(String run, String runId) throws Exception {
    for (String step : STEPS) {
      assertThat(task("night", run, step).path("try_number").asInt())
          .as(step)
          .isEqualTo(step.equals("train") ? 2 : 1);
    }
    assertThat(airflow.log("night", run, "train", 1))
        .contains("The job told no result; spark-submit ended with -9");
    assertThat(airflow.log("night", run, "train", 2)).contains("train: goes on from epoch-0002-");
    assertThat(airflow.log("night", run, "score", 1).lines().toList())
        .contains("stide finds 100.0 % of 8 attack traces at 5 % false alarms")
        .filteredOn(line -> !line.startsWith("::"))
        .last()
        .asString()
        .startsWith("Run " + runId + " is in ");
    assertThat(told("night", run, "score", "run_id").asText()).isEqualTo(runId);
    assertThat(told("night", run, "score", "detector").asText()).isEqualTo("stide");
    assertThat(told("night", run, "score", "alarm_rate").isDouble()).isTrue();
  }

  @Test
  @Order(3)
  void aDetectorThatDoesNotPassIsSkippedWithTheReason() throws Exception {
    Map<String, Object> params = params();
    @SuppressWarnings("unchecked")
    Map<String, Object> settings = (Map<String, Object>) params.get("settings");
    settings.put("run.id", "night-2024-03-15T020000");
    settings.put("promotion.max-false-alarm-rate", 0);

    assertThat(run("gate", "2024-03-15", params)).isEqualTo("success");

    assertThat(task("gate", "on-2024-03-15", "promote").path("state").asText())
        .isEqualTo("skipped");
    assertThat(told("gate", "on-2024-03-15", "promote", "promoted").isBoolean()).isTrue();
    String reason = told("gate", "on-2024-03-15", "promote", "reason").asText();
    assertThat(reason)
        .startsWith("Not promoted: the detector of run night-2024-03-15T020000 did not pass: ")
        .endsWith("; that of run night-2024-03-14T020000 stays in use");
    assertThat(airflow.log("gate", "on-2024-03-15", "promote", 1)).contains(reason);
  }

  @Test
  @Order(4)
  void tracesOfYesterdayAreJudgedByTheDetectorInUse() throws Exception {
    Map<String, Object> params = params();
    params.keySet().retainAll(Set.of("workspace", "date_format", "spark"));
    params.put(
        "observed", workspace.resolveSibling("traces/Validation_Data_Master/v<day>.t*").toString());

    String state = run("day", "2024-03-13", params);

    assertThat(state).as(airflow.log("day", "on-2024-03-13", "detect", 1)).isEqualTo("success");
    assertThat(told("day", "on-2024-03-13", "detect", "traces").asInt()).isEqualTo(1);
  }

  /** Each fails once, with one line that says what to do. */
  @Test
  @Order(5)
  void whatARetryCannotMendFailsAtOnce() throws Exception {
    Map<String, Map<String, Object>> wrong = new TreeMap<>();
    wrong.put(
        "Cannot run detect: there is no connection nowhere; do: airflow connections add nowhere --conn-type spark --conn-host 'local[*]'",
        Map.of("connection", "nowhere"));
    wrong.put(
        "Cannot run detect: the connection elsewhere names the master http://localhost; its host must be local[*], yarn, or begin with spark:// or k8s://",
        Map.of("connection", "elsewhere"));
    wrong.put(
        "Cannot run detect: /nowhere/jobs/airflow/spark-submit is no program; set the parameter project or SYSCALL_ANOMALY_HOME to the folder of syscall-anomaly",
        Map.of("project", "/nowhere"));
    wrong.put("Cannot run detect: there is no parameter observd; ", Map.of("observd", "x"));
    wrong.put(
        "Cannot read configuration no.conf: no such file; ", Map.of("configuration", "no.conf"));
    wrong.put(
        "Cannot use observed = <dya>: <dya> is none of <first>, <last>, <day>",
        Map.of("observed", "<dya>"));
    int date = 1;
    for (Map.Entry<String, Map<String, Object>> entry : wrong.entrySet()) {
      Map<String, Object> params = new TreeMap<>(Map.of("workspace", workspace.toString()));
      params.putAll(entry.getValue());
      String day = "2024-02-%02d".formatted(date++);

      assertThat(run("day", day, params)).isEqualTo("failed");

      assertThat(task("day", "on-" + day, "detect").path("try_number").asInt()).isEqualTo(1);
      assertThat(airflow.log("day", "on-" + day, "detect", 1)).contains(entry.getKey());
    }
  }
}
