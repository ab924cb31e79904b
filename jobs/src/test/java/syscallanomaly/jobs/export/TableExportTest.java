package syscallanomaly.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.CanonicalRows;
import syscallanomaly.jobs.OddRows;
import syscallanomaly.jobs.configuration.ExportSettings;
import syscallanomaly.jobs.storage.PostgresServer;
import syscallanomaly.jobs.storage.SharedServers;
import syscallanomaly.table.TableColumn;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;
import syscallanomaly.warehouse.RunRow;
import syscallanomaly.warehouse.WarehouseSettings;

/** Metric tables in a real PostgreSQL. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class TableExportTest {
  private static final String SCHEMA = "metrics";

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static MetricTables tables;

  @BeforeAll
  static void writeTables() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.syscall.export.password", PostgresServer.PASSWORD)
            .getOrCreate();
    tables =
        MetricTables.open(
            spark, new WarehouseSettings("syscall", "syscall_anomaly", folder.toString()));
    OddRows.write(tables, "a", 40, OddRows.START.plusSeconds(60));
    OddRows.write(tables, "b", 8, OddRows.START.plusSeconds(60));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void everyRowArrivesToTheLastDigitWithTypesAndComments(PostgresServer server) throws Exception {
    String url = server.createDatabase("digits");

    TableExport.Result result = export(url, ExportSettings.ALL);

    assertThat(result.runs()).containsExactly("a", "b");
    assertThat(result.rows()).containsEntry(MetricTable.TRACE_SCORES, 48L);
    assertSame(server, url);
    assertDeclaredTypesAndComments(server, url);
    try (Connection connection = server.connect(url)) {
      assertThat(
              CanonicalRows.of(
                  connection, "SELECT threshold::text FROM metrics.roc WHERE run_id = 'a'"))
          .containsExactly("[\"-Infinity\"]", "[\"Infinity\"]");
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT started_at = '2026-03-29 02:30:59.999999+00' FROM metrics.runs"))
          .containsExactly("[true]", "[true]");
    }
  }

  @Test
  void aRunIsReplacedAndNeverDoubled(PostgresServer server) throws Exception {
    String url = server.createDatabase("replaced");
    try {
      replaceRun("c", null);
      assertThat(export(url, ExportSettings.CHANGED).runs()).containsExactly("a", "b", "c");
      assertThat(export(url, ExportSettings.ALL).runs()).containsExactly("a", "b", "c");
      assertSame(server, url);

      replaceRun("c", OddRows.START.plusSeconds(61));
      assertThat(export(url, ExportSettings.CHANGED).runs())
          .as("it was running")
          .containsExactly("c");
      assertThat(export(url, ExportSettings.CHANGED).runs()).isEmpty();
      assertThat(export(url, "b").runs()).containsExactly("b");
      assertSame(server, url);
    } finally {
      tables.deleteRuns(List.of("c"));
    }
    assertThat(export(url, ExportSettings.CHANGED).runs()).isEmpty();
    try (Connection connection = server.connect(url)) {
      assertThat(CanonicalRows.of(connection, "SELECT run_id FROM metrics.runs"))
          .as("a run that is deleted later stays")
          .containsExactly("[\"a\"]", "[\"b\"]", "[\"c\"]");
    }
  }

  /** The last table refuses its rows, when those of all others have been replaced. */
  @Test
  void anExportThatFailsLeavesTheFormerRows(PostgresServer server) throws Exception {
    String url = server.createDatabase("former");
    export(url, ExportSettings.ALL);
    List<String> former;
    try (Connection connection = server.connect(url)) {
      former = CanonicalRows.of(connection, "SELECT * FROM metrics.roc");
    }
    server.execute(
        url,
        "ALTER TABLE metrics.comparisons ADD CONSTRAINT few CHECK (auc_difference > 1) NOT VALID");
    try {
      replaceRun("b", OddRows.START.plusSeconds(62));
      tables.replaceRoc("b", List.of());

      assertRefused(url, SCHEMA, "violates check constraint \"few\" (SQLSTATE 23514)");

      try (Connection connection = server.connect(url)) {
        assertThat(CanonicalRows.of(connection, "SELECT * FROM metrics.roc")).isEqualTo(former);
      }
      server.execute(url, "ALTER TABLE metrics.comparisons DROP CONSTRAINT few");
      assertThat(export(url, ExportSettings.CHANGED).runs()).containsExactly("b");
      assertSame(server, url);
    } finally {
      OddRows.write(tables, "b", 8, OddRows.START.plusSeconds(60));
    }
  }

  @Test
  void anOlderTableGetsTheNewColumns(PostgresServer server) throws Exception {
    String url = server.createDatabase("older");
    server.execute(
        url,
        "CREATE SCHEMA metrics",
        "CREATE TABLE metrics.next_call (run_id text, split text, windows bigint, owner text)",
        "INSERT INTO metrics.next_call VALUES ('old', 'attack', 7, 'ada')");

    export(url, ExportSettings.ALL);

    try (Connection connection = server.connect(url)) {
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT run_id, predictions, owner, loss FROM metrics.next_call WHERE owner IS NOT NULL"))
          .containsExactly("[\"old\",7,\"ada\",null]");
      assertThat(CanonicalRows.of(connection, "SELECT count(*) FROM metrics.next_call"))
          .containsExactly("[5]");
    }
  }

  @Test
  void tablesOfAnotherShapeAreRefused(PostgresServer server) throws Exception {
    String url = server.createDatabase("shapes");
    String advice = "; rename that table, or set export.schema to a schema of this program's own";
    server.execute(
        url,
        "CREATE SCHEMA other",
        "CREATE TABLE other.epochs (run_id text, loss numeric)",
        "CREATE SCHEMA stranger",
        "CREATE TABLE stranger.runs (id int)",
        "CREATE SCHEMA seen",
        "CREATE VIEW seen.runs AS SELECT 'x' AS run_id");

    assertRefused(
        url,
        "other",
        "Cannot export epochs: the table other.epochs of the database has a column 'loss' of type numeric, which must be double precision"
            + advice);
    assertRefused(
        url,
        "stranger",
        "Cannot export runs: the table stranger.runs of the database has no column 'run_id'"
            + advice);
    assertRefused(
        url,
        "seen",
        "Cannot export runs: the table seen.runs of the database is no table" + advice);
    try (Connection connection = server.connect(url)) {
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT table_name FROM information_schema.tables WHERE table_schema = 'other'"))
          .as("nothing else was made")
          .containsExactly("[\"epochs\"]");
    }
  }

  @Test
  void aSecondExportAtTheSameTimeIsRefused(PostgresServer server) throws Exception {
    String url = server.createDatabase("twice");
    try (Connection other = server.connect(url)) {
      ExportedTable.execute(
          other,
          "SELECT pg_advisory_lock(hashtextextended('syscall-anomaly export to metrics', 0))");

      assertRefused(
          url,
          SCHEMA,
          "Cannot export to %s: another export writes into its schema metrics; wait for its end"
              .formatted(url));
    }
  }

  @Test
  void aDatabaseThatCannotBeUsedIsNamedInOneLine(PostgresServer server) throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    String missing = "jdbc:postgresql://127.0.0.1:%d/metrics".formatted(nobody);
    assertRefused(
        missing, SCHEMA, "Cannot export to %s: no PostgreSQL answers (".formatted(missing));
    assertRefused(
        server.url("nowhere"), SCHEMA, "there is no such database (FATAL: database \"nowhere\"");

    String url = server.createDatabase("refusals");
    server.execute(url, "CREATE ROLE ada LOGIN PASSWORD '%s'".formatted(PostgresServer.PASSWORD));
    assertThatThrownBy(
            () ->
                new TableExport(spark, tables, new ExportSettings(url, "bob", SCHEMA, "all"))
                    .execute())
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot export to %s: it refuses user 'bob' (FATAL: password authentication failed for user \"bob\"); set export.user, and give the password in PGPASSWORD or spark.syscall.export.password"
                .formatted(url));
    assertThatThrownBy(
            () ->
                new TableExport(spark, tables, new ExportSettings(url, "ada", SCHEMA, "all"))
                    .execute())
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot export to %s: user 'ada' lacks a right (ERROR: permission denied for database refusals); let an administrator GRANT CREATE ON DATABASE, or create the schema metrics for that user, or set export.schema"
                .formatted(url));
    assertThatThrownBy(() -> export(url, "tuesday"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot export run tuesday: the metric tables have no such run; set export.runs to changed, all or the name of a run");

    server.execute(url, "CREATE SCHEMA given AUTHORIZATION ada");
    assertThat(
            new TableExport(spark, tables, new ExportSettings(url, "ada", "given", "all"))
                .execute()
                .runs())
        .as("no right but on the schema")
        .containsExactly("a", "b");
  }

  private static void assertDeclaredTypesAndComments(PostgresServer server, String url)
      throws Exception {
    try (Connection connection = server.connect(url)) {
      for (MetricTable table : MetricTable.values()) {
        assertThat(
                CanonicalRows.of(
                    connection,
                    "SELECT obj_description('metrics.%s'::regclass)".formatted(table.label())))
            .as(table.label())
            .isEqualTo(CanonicalRows.of(spark, "SELECT '%s'".formatted(quoted(table.comment()))));
        for (TableColumn column : table.columns()) {
          assertThat(
                  CanonicalRows.of(
                      connection,
                      "SELECT col_description(a.attrelid, a.attnum) FROM pg_attribute a WHERE a.attrelid = 'metrics.%s'::regclass AND a.attname = '%s'"
                          .formatted(table.label(), column.name())))
              .as(table.label() + "." + column.name())
              .isEqualTo(
                  CanonicalRows.of(spark, "SELECT '%s'".formatted(quoted(column.comment()))));
        }
      }
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'metrics' AND table_name = 'trace_scores'"))
          .containsExactly(
              "[\"alarm\",\"boolean\"]",
              "[\"calls\",\"bigint\"]",
              "[\"container\",\"text\"]",
              "[\"detector\",\"text\"]",
              "[\"executable\",\"text\"]",
              "[\"family\",\"text\"]",
              "[\"host\",\"text\"]",
              "[\"p_value\",\"double precision\"]",
              "[\"process\",\"bigint\"]",
              "[\"run_id\",\"text\"]",
              "[\"score\",\"double precision\"]",
              "[\"split\",\"text\"]",
              "[\"started\",\"timestamp with time zone\"]",
              "[\"thread\",\"bigint\"]",
              "[\"trace_id\",\"text\"]");
      assertThat(
              CanonicalRows.of(
                  connection,
                  "SELECT data_type FROM information_schema.columns WHERE table_schema = 'metrics' AND table_name = 'runs' AND column_name LIKE '%ed_at'"))
          .containsExactly("[\"timestamp with time zone\"]", "[\"timestamp with time zone\"]");
    }
  }

  private static void replaceRun(String run, Instant finished) {
    tables.replaceRun(
        run,
        new RunRow(
            OddRows.START,
            finished,
            finished == null ? "running" : "succeeded",
            "{}",
            "c0",
            "0.1",
            "",
            1,
            "3.5",
            2));
  }

  private static TableExport.Result export(String url, String runs) {
    return new TableExport(
            spark, tables, new ExportSettings(url, PostgresServer.USER, SCHEMA, runs))
        .execute();
  }

  private static void assertRefused(String url, String schema, String why) {
    assertThatThrownBy(
            () ->
                new TableExport(
                        spark,
                        tables,
                        new ExportSettings(url, PostgresServer.USER, schema, ExportSettings.ALL))
                    .execute())
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(PostgresServer.PASSWORD);
  }

  private static void assertSame(PostgresServer server, String url) throws Exception {
    try (Connection connection = server.connect(url)) {
      for (MetricTable table : MetricTable.values()) {
        String columns =
            String.join(", ", table.columns().stream().map(TableColumn::name).toList());
        assertThat(
                CanonicalRows.of(
                    connection, "SELECT %s FROM metrics.%s".formatted(columns, table.label())))
            .as(table.label())
            .isEqualTo(CanonicalRows.of(tables.table(table)));
      }
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
