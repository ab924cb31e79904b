package syscallanomaly.trace.event.table;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.sequence.EventSequence;
import syscallanomaly.trace.sequence.SequenceSettings;

/** What is read column by column is what Spark's rows say. */
@ExtendWith(SparkExtension.class)
class ColumnsOfTableTest {
  private static final String COMPILED = "spark.sql.codegen.wholeStage";

  /** Values of all kinds, nulls and none, for several batches. */
  private static final String EVENTS =
      """
      SELECT
        if(id % 11 = 0, null, concat('host', id % 300)) AS host,
        id,
        cast(if(id % 97 = 0, null, 1 + id % 3) AS INT) AS process,
        cast(if(id % 2 = 0, null, 1 + id % 5) AS SMALLINT) AS thread,
        if(id % 4 = 0, null, timestamp_micros(id % 2)) AS started,
        if(id % 101 = 0, null, 1700000000000 + id DIV 3) AS time,
        cast(if(id % 3 = 0, null, id % 7) AS TINYINT) AS order,
        element_at(array('read', 'openat', 'execve', '57', 'no_such_call', '99999999', '', null),
          cast(1 + pmod(xxhash64(id), 8) AS INT)) AS call,
        element_at(array('x86_64', 'aarch64', '', null, 'vax'),
          cast(1 + pmod(xxhash64(id, 1), 5) AS INT)) AS architecture,
        if(id % 5 = 0, null, concat('/bin/p', id % 9)) AS executable,
        element_at(array(' ', 'Adduser', null), cast(1 + id % 3 AS INT)) AS family,
        id DIV 6000 AS day
      FROM range(0, 15000, 1, 1)
      """;

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private Dataset<Row> table(boolean hasDictionary, String container) {
    String place = folder + "/" + hasDictionary + container.length();
    spark
        .sql(EVENTS)
        .withColumn("container", expr(container))
        .write()
        .partitionBy("day")
        .option("parquet.enable.dictionary", hasDictionary)
        .parquet(place);
    return spark.read().parquet(place);
  }

  private static EventTable events(Dataset<Row> table, String thread) {
    EventTableSettings columns =
        new EventTableSettings(
            "host",
            "container",
            "process",
            thread,
            "started",
            "time",
            TimeUnit.MS,
            "order",
            "call",
            "architecture",
            "executable",
            "family");
    return new EventTable("here", table, columns, EventSettings.defaults(), false);
  }

  private List<String> read(Dataset<Row> table, boolean byColumns) {
    Optional<String> former = Optional.ofNullable(spark.conf().get(COMPILED, null));
    spark.conf().set(COMPILED, byColumns);
    try {
      // Nothing but the session's setting decides, so each reading has a plan of its own.
      EventTable events = events(table.select("*"), "thread");
      JavaRDD<ParsedTrace> traces =
          EventSequence.of(
              spark, events.events().get(), SequenceSettings.defaults(), Integer.MAX_VALUE, 3);
      assertThat(events.columnar().isPresent()).isEqualTo(byColumns);
      return lines(traces.collect());
    } finally {
      former.ifPresentOrElse(
          value -> spark.conf().set(COMPILED, value), () -> spark.conf().unset(COMPILED));
    }
  }

  private static List<String> lines(List<ParsedTrace> elements) {
    List<String> lines = new ArrayList<>();
    EventCounts counts = new EventCounts();
    for (ParsedTrace element : elements) {
      if (element.counts() != null) {
        counts.add(element.counts());
      } else if (element.isAccepted()) {
        lines.add(
            "%s %s %s %s %s"
                .formatted(
                    element.traceId(),
                    Arrays.toString(element.calls()),
                    element.origin().executable(),
                    element.origin().started(),
                    element.family()));
      } else {
        lines.add(element.reason());
      }
    }
    lines.add(counts.text());
    return lines;
  }

  @Test
  void columnsGiveTheTracesOfRows() {
    List<Dataset<Row>> tables =
        List.of(
            // With a dictionary, without one, and the same in all rows.
            table(true, "if(id % 2 = 0, 'a', null)"),
            table(false, "concat('container of ', id DIV 4)"),
            table(true, "'one'"));
    for (Dataset<Row> table : tables) {
      List<String> byColumns = read(table, true);
      assertThat(byColumns).hasSizeGreaterThan(300).containsExactlyElementsOf(read(table, false));
      assertThat(byColumns)
          .contains("a row has no system call (and 1,889 more rows)")
          .anyMatch(line -> line.startsWith("a row has the system call '' of the architecture"))
          .anyMatch(line -> line.contains("/bin/p4") && line.endsWith("Adduser"));
    }
  }

  @Test
  void aColumnThatNeedsAnExpressionIsReadRowByRow() {
    Dataset<Row> table = table(true, "'one'");
    EventTable ofTexts = events(table.selectExpr("*", "string(thread) AS text"), "text");
    ofTexts.events();
    assertThat(ofTexts.columnar()).isEmpty();
  }
}
