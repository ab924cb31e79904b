package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.table.EventTableSettings;
import syscallanomaly.trace.event.table.TimeUnit;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.sequence.SequenceSettings;

/** Tables with one event a row. */
@ExtendWith(SparkExtension.class)
class TablesOfEventsTest {
  private static final String EVENTS =
      """
      SELECT * FROM VALUES
        ('web1', 7, 1700000000000000001, 'openat', 'nginx'),
        ('web1', 7, 1700000000000000003, 'close', 'nginx'),
        ('web2', 7, 1700000000000000002, 'read', null),
        ('web1', 7, 1700000000000000002, 'read', 'nginx'),
        ('web1', 7, 1700000000000000002, 'read', 'nginx')
      AS t(host, process, time, call, executable)
      """;

  private static final List<String> TRACES =
      List.of(
          "web1/7~2023-11-14T22:13:20.000000001Z [295, 3, 6]",
          "web2/7~2023-11-14T22:13:20.000000002Z [3]");

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private TraceSet read(Split split, String place, EventTableSettings columns) {
    HostSettings hosts =
        new HostSettings(
            EventSettings.defaults(), SequenceSettings.defaults(), columns, LabelRule.AUTO);
    TraceSettings settings = new TraceSettings("events", "", place, "", place, "", 10, 0.5, hosts);
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(split);
  }

  private TraceSet read(String place, EventTableSettings columns) {
    return read(Split.TRAINING, place, columns);
  }

  private TraceSet read(String place) {
    return read(place, EventTableSettings.defaults());
  }

  private TraceSet readQuery(String query) {
    spark.sql(query).createOrReplaceTempView("events_of_test");
    return read("table:events_of_test");
  }

  private static List<String> lines(TraceSet traces) {
    return traces.traces().collectAsList().stream()
        .map(row -> row.getString(1) + " " + row.getList(3))
        .sorted()
        .toList();
  }

  @Test
  void filesOfEachTypeGiveTheSameTraces() {
    Dataset<Row> events = spark.sql(EVENTS);
    events.write().parquet(folder + "/p/[1]{x}/day=1");
    events.write().orc(folder + "/o");
    events.write().option("compression", "gzip").json(folder + "/j");
    events.write().option("header", "true").csv(folder + "/c");
    for (String place : List.of("p", "o", "j", "c")) {
      TraceSet traces = read(folder + "/" + place);
      assertThat(lines(traces)).as(place).containsExactlyElementsOf(TRACES);
      assertThat(traces.events().orElseThrow().text())
          .isEqualTo("5 events read; 1 duplicate events left out");
    }
    TraceSettings auto = new TraceSettings("auto", "", folder + "/p", "", "", 10, 0);
    TraceSet found = new TraceReader(spark, auto, Integer.MAX_VALUE).read(Split.TRAINING);
    assertThat(found.format()).contains("events, a table of parquet files");
    assertThat(lines(found)).containsExactlyElementsOf(TRACES);
  }

  @Test
  void aTableIsReadByNameAndByCondition() {
    assertThat(lines(readQuery(EVENTS))).containsExactlyElementsOf(TRACES);
    TraceSet some = read("table:events_of_test where host = 'web1' and time < 1700000000000000003");
    assertThat(lines(some)).containsExactly("web1/7~2023-11-14T22:13:20.000000001Z [295, 3]");
    assertThat(some.fingerprint()).isNotEqualTo(read("table:events_of_test").fingerprint());
    Row origin =
        some.traces().select("host", "container", "process", "executable").collectAsList().get(0);
    assertThat(origin.toString()).isEqualTo("[web1,null,7,nginx]");
  }

  @Test
  void startsTellProcessesApartAndAnOrderTellsEventsOfOneTimeApart() {
    assertThat(
            lines(
                readQuery(
                    """
                    SELECT *, timestamp '2024-01-02T03:04:05Z' AS time FROM VALUES
                      (7, timestamp '2024-01-02T03:04:05.0001Z', 3, 'read'),
                      (7, timestamp '2024-01-02T03:04:05.0001Z', 1, 'read'),
                      (7, timestamp '2024-01-02T03:04:05.0001Z', 2, 'write'),
                      (7, timestamp '2024-01-02T03:04:05.0002Z', 4, 'close'),
                      (7, timestamp '2024-01-02T03:04:05.0001Z', 3, 'read')
                    AS t(process, started, order, call)
                    """)))
        .containsExactly(
            "7@2024-01-02T03:04:05.000100Z [3, 4, 3]", "7@2024-01-02T03:04:05.000200Z [6]");
  }

  @Test
  void columnsHaveNamesAndUnitsOfTheirOwn() {
    spark
        .sql(
            """
            SELECT named_struct('id', '7', 'start', 1.5D) AS p, x.* FROM VALUES
              (1000L, 57, 'x86_64', 9), (2000L, 57, 'aarch64', 9), (3000L, 4, 'i386', 9)
            AS x(at, nr, arch, thread)
            """)
        .createOrReplaceTempView("events_of_test");
    EventTableSettings columns =
        new EventTableSettings(
            "", "", "p.id", "", "p.start", "at", TimeUnit.MS, "", "nr", "arch", "", "");
    // Number 57 is fork on x86-64 and close on 64-bit ARM; 4 is write on 32-bit x86.
    assertThat(lines(read("table:events_of_test", columns)))
        .containsExactly("7@1970-01-01T00:00:00.001500Z [2, 6, 4]");
  }

  @Test
  void aColumnNamesTheFamiliesOfAttacks() {
    spark
        .sql(
            """
            SELECT * FROM VALUES
              (7, 1L, 'read', null), (7, 2L, 'write', 'Adduser'), (7, 3L, 'close', 'Hydra'),
              (8, 1L, 'read', null), (9, 1L, 'read', ' ')
            AS t(process, time, call, family)
            """)
        .createOrReplaceTempView("events_of_test");
    String place = "table:events_of_test";
    assertThat(Corpus.lines(read(Split.ATTACK, place, EventTableSettings.defaults())))
        .extracting(line -> line.substring(2))
        .containsExactlyInAnyOrder(
            "7~1970-01-01T00:00:00.000000001Z Adduser [3, 4, 6]",
            "8~1970-01-01T00:00:00.000000001Z events_of_test [3]",
            "9~1970-01-01T00:00:00.000000001Z events_of_test [3]");
    assertThat(Corpus.lines(read(place)))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("Z null ["));
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatExist() {
    assertThatThrownBy(() -> readQuery("SELECT 1 AS pid, 2 AS time, 'read' AS call"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read events from table:events_of_test: it has no column 'process' for the"
                + " process; its columns are pid, time, call");
    assertThatThrownBy(() -> readQuery("SELECT 1 AS process, 'read' AS call"))
        .hasMessage(
            "Cannot read events from table:events_of_test: no column orders its events, neither"
                + " one of times nor one of numbers; its columns are process, call");
    EventTableSettings columns =
        new EventTableSettings(
            "machine", "", "process", "", "", "time", TimeUnit.NS, "", "call", "", "", "");
    assertThatThrownBy(() -> read("table:events_of_test", columns))
        .hasMessageContaining(
            "it has no column 'machine' for the host; its columns are process, call");
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() {
    assertThatThrownBy(() -> readQuery("SELECT 1.5D AS process, 2 AS time, 'read' AS call"))
        .hasMessage(
            "Cannot read events from table:events_of_test: its column 'process' is of the type"
                + " double, and the process must be a whole number, or a text of one");
    assertThatThrownBy(() -> readQuery("SELECT 1 AS process, array(2) AS time, 'read' AS call"))
        .hasMessageEndingWith(
            "its column 'time' is of the type array<int>, and the time must be a timestamp, a text"
                + " of one or a number");
    assertThatThrownBy(() -> read("table:no.such.table"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageStartingWith("Cannot read training traces from table:no.such.table: ");
    assertThatThrownBy(() -> read("table:events_of_test where call like"))
        .isInstanceOf(UnusableInputException.class);
  }

  @Test
  void rowsThatAreNoEventsAreCountedByReason() {
    TraceSet traces =
        readQuery(
            """
            SELECT * FROM VALUES
              ('7', '2024-01-02T03:04:05Z', 'read'),
              ('7', '2024-01-02T03:04:06Z', 'write'),
              ('7', '2024-01-02T03:04:07Z', 'no_such_call'),
              ('x', '2024-01-02T03:04:05Z', 'read'),
              (null, '2024-01-02T03:04:05Z', 'read'),
              ('7', 'yesterday', 'read'),
              ('7', '2024-01-02T03:04:05Z', null),
              ('7', '2024-01-02T03:04:05Z', '99999999')
            AS t(process, time, call)
            """);
    int unknown = traces.events().orElseThrow().unknownNames().keySet().iterator().next();
    assertThat(unknown).isGreaterThanOrEqualTo(1 << 30);
    assertThat(traces.events().orElseThrow().unknownNames()).containsEntry(unknown, "no_such_call");
    assertThat(lines(traces)).containsExactly("7~2024-01-02T03:04:05Z [3, 4, " + unknown + "]");
    assertThat(traces.events().orElseThrow().text())
        .isEqualTo("3 events read; 5 lines or rows rejected");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training table:events_of_test: a row has no process, or one that is no whole number"
                + " (and 1 more rows)",
            "training table:events_of_test: a row has no system call",
            "training table:events_of_test: a row has no time, or one that is none",
            "training table:events_of_test: a row has the system call '99999999' of the"
                + " architecture '', which cannot be");
    assertThatThrownBy(traces::requireUsable)
        .hasMessageContaining("5 of 8 lines or rows rejected, a share of 0.6250");
  }
}
