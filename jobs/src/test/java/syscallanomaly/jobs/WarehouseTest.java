package syscallanomaly.jobs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.storage.PostgresServer;
import syscallanomaly.jobs.storage.SharedServers;
import syscallanomaly.table.TableColumn;
import syscallanomaly.warehouse.MetricTable;

/**
 * What an analyst does with the metric tables of a training, and of rows with odd values: the job
 * {@code export}, the queries of jobs/queries, and reading by other engines.
 */
@Tag("slow")
@ExtendWith(SharedServers.class)
@TestMethodOrder(MethodOrderer.MethodName.class)
class WarehouseTest {
  private static final Path QUERIES = Path.of("queries");

  /** The environment that .ci/run makes. */
  private static final Path PYTHON = Path.of("target/python/bin/python");

  @TempDir private static Path folder;
  private static Program program;
  private static String url;

  @BeforeAll
  static void runAndExport(PostgresServer server) throws Exception {
    program =
        new Program(
            folder.resolve("workspace").toString(),
            Map.of("spark.syscall.export.password", PostgresServer.PASSWORD));
    url = server.createDatabase("analyst");
    Path traces = folder.resolve("traces");
    SmallTraces.write(traces);
    Files.writeString(traces.resolve("Validation_Data_Master/broken.txt"), "3 4 x");
    succeed(
        "pipeline",
        SmallTraces.options(
            traces,
            "trained",
            "training.epochs=1",
            "training.averaging-frequency=40",
            "training.checkpoint-minutes=10",
            "traces.max-rejected-share=.5"));
    try (WarehouseReader reader = new WarehouseReader(program.warehouse())) {
      OddRows.write(reader.tables(), "odd", 30, OddRows.START.plusSeconds(90));
    }
    assertThat(succeed("export", export()).out())
        .startsWith("Exported 2 runs, ")
        .endsWith(" rows, to %s%n".formatted(url));
  }

  @AfterAll
  static void forgetProperties() {
    System.clearProperty("spark.syscall.export.password");
  }

  private static String[] export(String... more) {
    List<String> options = new ArrayList<>();
    for (String assignment : List.of("export.url=" + url, "export.user=" + PostgresServer.USER)) {
      options.addAll(List.of("--set", assignment));
    }
    for (String assignment : more) {
      options.addAll(List.of("--set", assignment));
    }
    return options.toArray(String[]::new);
  }

  private static Program.Outcome succeed(String job, String... options) {
    Program.Outcome outcome = program.run(job, options);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void postgresHoldsTheRowsToTheLastDigit(PostgresServer server) throws Exception {
    try (WarehouseReader reader = new WarehouseReader(program.warehouse());
        Connection connection = server.connect(url)) {
      for (MetricTable table : MetricTable.values()) {
        List<String> rows = CanonicalRows.of(reader.tables().table(table));
        assertThat(rows).as(table.label()).isNotEmpty();
        assertThat(
                CanonicalRows.of(
                    connection,
                    "SELECT %s FROM syscall_anomaly.%s".formatted(columns(table), table.label())))
            .as(table.label())
            .isEqualTo(rows);
      }
      for (String view : List.of("run_results", "daily_alarms")) {
        assertThat(CanonicalRows.of(connection, "SELECT count(*) > 0 FROM syscall_anomaly." + view))
            .as(view)
            .containsExactly("[true]");
      }
    }
    assertThat(Files.exists(program.folder("export"))).isFalse();
    try (Stream<Path> runs = Files.list(folder.resolve("workspace/runs"))) {
      assertThat(runs.map(run -> run.getFileName().toString()))
          .as("an export is no run")
          .containsExactly("trained");
    }
  }

  @Test
  void pyicebergAndClickHouseReadTheRowsToTheLastDigit() throws Exception {
    assumeTrue(
        Files.exists(PYTHON),
        () ->
            "There is no Python environment in "
                + PYTHON.getParent().getParent().toAbsolutePath()
                + "; .ci/run makes it from jobs/src/test/python/requirements.txt");
    Path read = folder.resolve("read");
    Process reading =
        new ProcessBuilder(
                PYTHON.toAbsolutePath().toString(),
                Path.of("src/test/python/read_tables.py").toAbsolutePath().toString(),
                folder.resolve("workspace").toString(),
                read.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(reading.waitFor()).as(said).isZero();
    try (WarehouseReader reader = new WarehouseReader(program.warehouse())) {
      for (MetricTable table : MetricTable.values()) {
        List<String> rows =
            CanonicalRows.of(
                reader.spark(),
                "SELECT %s FROM syscall.syscall_anomaly.%s"
                    .formatted(columns(table), table.label()));
        for (String engine : List.of("pyiceberg", "clickhouse")) {
          Path file = read.resolve(engine).resolve(table.label() + ".jsonl");
          assertThat(CanonicalRows.of(Files.readAllLines(file)))
              .as("%s in %s", table.label(), engine)
              .isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void queriesHaveTheSameAnswerInSparkAndPostgres(PostgresServer server) throws Exception {
    List<Path> queries;
    try (Stream<Path> files = Files.list(QUERIES)) {
      queries = files.sorted().toList();
    }
    assertThat(queries).hasSizeGreaterThanOrEqualTo(10);
    try (WarehouseReader reader = new WarehouseReader(program.warehouse());
        Connection connection = server.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO syscall_anomaly");
      statement.execute("SET TIME ZONE 'UTC'");
      reader.spark().conf().set("spark.sql.session.timeZone", "UTC");
      reader.spark().sql("USE syscall.syscall_anomaly");
      for (Path query : queries) {
        String text = Files.readString(query);
        assertThat(text).as("%s says what it asks", query).startsWith("-- ");
        List<String> answer =
            reader.spark().sql(text).collectAsList().stream().map(WarehouseTest::shown).toList();
        assertThat(answer).as(query.toString()).isNotEmpty();
        assertThat(answers(statement, text)).as(query.toString()).isEqualTo(answer);
      }
    }
  }

  /** The numbers that the queries give are the tables'. */
  @Test
  void queriesSayWhatHappened() throws Exception {
    try (WarehouseReader reader = new WarehouseReader(program.warehouse())) {
      reader.spark().sql("USE syscall.syscall_anomaly");
      assertThat(
              reader
                  .spark()
                  .sql(Files.readString(QUERIES.resolve("rejects_by_reason.sql")))
                  .select("run_id", "split", "reason", "rejected")
                  .collectAsList()
                  .toString())
          .contains("[trained,validation,... is not a number,1]");
      assertThat(
              reader
                  .spark()
                  .sql(Files.readString(QUERIES.resolve("alarms_a_day.sql")))
                  .where("split = 'observed' AND asked = 5e-2")
                  .select("traces", "alarms", "alarms_asked_for")
                  .collectAsList()
                  .toString())
          .isEqualTo("[[10,4,0.5]]");
      assertThat(
              reader
                  .spark()
                  .sql(Files.readString(QUERIES.resolve("ensemble_against_parts.sql")))
                  .where("run_id = 'odd'")
                  .select("other", "verdict")
                  .collectAsList()
                  .toString())
          .isEqualTo("[[lstm,better], [stide,undecided]]");
      assertThat(
              reader
                  .spark()
                  .sql(Files.readString(QUERIES.resolve("promotions.sql")))
                  .select("run_id", "gate", "accepted", "reason")
                  .collectAsList()
                  .toString())
          .isEqualTo("[[odd,decision,false,it's odd], [odd,loss,null,no \"loss\"]]");
      assertThat(
              reader
                  .spark()
                  .sql(Files.readString(QUERIES.resolve("slowest_step.sql")))
                  .select("run_id")
                  .collectAsList()
                  .toString())
          .contains("trained", "odd");
    }
  }

  @Test
  void theJobIsRefusedInOneLine(PostgresServer server) throws Exception {
    Program.Outcome unnamed = program.run("export");
    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err())
        .isEqualTo(
            "Cannot export: no database is named; set export.url to jdbc:postgresql://host:5432/database%nCannot export: no user of the database is named; set export.user%n"
                .formatted());

    Program.Outcome shown =
        program.run("export", "--set", "export.url=jdbc:postgresql://ada:sesame@host/metrics");
    assertThat(shown.exitCode()).isEqualTo(2);
    assertThat(shown.err()).contains("must not hold a password").doesNotContain("sesame");

    String wrong = "wRoNg+PaSsWoRd";
    Program.Outcome refused =
        new Program(
                folder.resolve("workspace").toString(),
                Map.of("spark.syscall.export.password", wrong))
            .run("export", export());
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.complaint())
        .isEqualTo(
            "Cannot export to %s: it refuses user 'postgres' (FATAL: password authentication failed for user \"postgres\"); set export.user, and give the password in PGPASSWORD or spark.syscall.export.password"
                .formatted(url));
    assertThat(refused.err() + refused.out()).doesNotContain(wrong);
  }

  /** The program is killed while its last transaction waits for a lock. */
  @Test
  void aKilledExportLeavesTheFormerRowsAndTheNextOneGoesThrough(PostgresServer server)
      throws Exception {
    List<String> former;
    try (Connection connection = server.connect(url)) {
      former = CanonicalRows.of(connection, "SELECT * FROM syscall_anomaly.trace_scores");
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement();
          ProgramProcess process =
              ProgramProcess.start(
                  folder.resolve("workspace"),
                  folder.resolve("killed"),
                  Map.of("spark.syscall.export.password", PostgresServer.PASSWORD),
                  "export",
                  export("export.runs=all"))) {
        statement.execute("LOCK TABLE syscall_anomaly.trace_scores IN ROW EXCLUSIVE MODE");
        statement.execute("SELECT * FROM syscall_anomaly.trace_scores FOR UPDATE");
        process.await("the lock", () -> isWaiting(server));
        process.kill();
      }
      connection.rollback();
    }
    try (Connection connection = server.connect(url)) {
      assertThat(CanonicalRows.of(connection, "SELECT * FROM syscall_anomaly.trace_scores"))
          .isEqualTo(former);
    }
    assertThat(succeed("export", export("export.runs=all")).out()).startsWith("Exported 2 runs, ");
    try (Connection connection = server.connect(url)) {
      assertThat(CanonicalRows.of(connection, "SELECT * FROM syscall_anomaly.trace_scores"))
          .isEqualTo(former);
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'staging%'"))
          .isEmpty();
    }
  }

  private static boolean isWaiting(PostgresServer server) {
    try (Connection connection = server.connect(url)) {
      return !CanonicalRows.of(
              connection,
              "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'syscall-anomaly export'")
          .isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String columns(MetricTable table) {
    return table.columns().stream().map(TableColumn::name).collect(joining(", "));
  }

  private static List<String> answers(Statement statement, String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(rows.getObject(column));
        }
        lines.add(shown(values));
      }
    }
    return lines;
  }

  private static String shown(Row row) {
    List<Object> values = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      values.add(row.get(column));
    }
    return shown(values);
  }

  /** Sums of doubles differ in their last digits, because engines add in other orders. */
  private static String shown(List<Object> values) {
    return values.stream()
        .map(
            value ->
                value instanceof Number number
                    ? String.format(Locale.ROOT, "%.12e", number.doubleValue())
                    : String.valueOf(value))
        .collect(joining(" | "));
  }
}
