package syscallanomaly.warehouse;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.warehouse.MetricRows.START;
import static syscallanomaly.warehouse.MetricRows.scores;
import static syscallanomaly.warehouse.MetricRows.write;
import static syscallanomaly.warehouse.MetricRows.writeScores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.EpochResults;
import syscallanomaly.window.DataProfile;

@ExtendWith(SparkExtension.class)
class MetricTablesTest {
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          entry(
              "runs",
              "run_id, started_at, finished_at, status, config, config_hash, code_version,"
                  + " input_fingerprint, seed, spark_version, workers"),
          entry("steps", "run_id, step, status, started_at, seconds"),
          entry(
              "data_profile",
              "run_id, split, traces, rejected, calls, distinct_calls, max_call, min_length,"
                  + " median_length, max_length, windows, distinct_windows, unknown_calls"),
          entry("rejects", "run_id, split, reason, rejected"),
          entry(
              "epochs",
              "run_id, epoch, loss, accuracy, held_out_loss, held_out_accuracy, seconds,"
                  + " predictions_per_second, averaging_rounds, kept"),
          entry(
              "next_call", "run_id, split, predictions, loss, perplexity, accuracy, top5_accuracy"),
          entry(
              "trace_scores",
              "run_id, detector, split, family, trace_id, calls, score, p_value, alarm, host,"
                  + " container, process, thread, executable, started"),
          entry(
              "alarms",
              "run_id, trace_id, detector, score, p_value, calls, part, host, container, process,"
                  + " thread, executable, started"),
          entry(
              "detection",
              "run_id, detector, family, population, normal, attacks, auc, auc_low, auc_high,"
                  + " tpr_at_fpr_01, tpr_at_fpr_05, tpr_at_fpr_05_low, tpr_at_fpr_05_high,"
                  + " tpr_at_fpr_10, tpr_at_fpr_10_low, tpr_at_fpr_10_high, tpr_at_fpr_15,"
                  + " tpr_at_fpr_20, tpr_at_fpr_20_low, tpr_at_fpr_20_high, fpr_at_tpr_90,"
                  + " fpr_at_tpr_90_low, fpr_at_tpr_90_high"),
          entry("roc", "run_id, detector, population, threshold, fpr, tpr"),
          entry(
              "operating_points",
              "run_id, detector, population, asked_false_alarm_rate, threshold, false_alarm_rate,"
                  + " false_alarm_rate_low, false_alarm_rate_high, detection_rate, detection_rate_low,"
                  + " detection_rate_high"),
          entry("comparisons", "run_id, detector, other, population, auc_difference, low, high"),
          entry(
              "promotions",
              "run_id, decided_at, previous_run_id, current_run_id, action, accepted, gate, value,"
                  + " gate_limit, reason"));

  @TempDir private Path folder;
  private final SparkSession root;
  private SparkSession spark;
  private WarehouseSettings settings;

  MetricTablesTest(SparkSession spark) {
    this.root = spark;
  }

  @BeforeEach
  void freshSession() {
    spark = root.newSession();
    settings = settings(folder.resolve("ware house"));
  }

  @Test
  void everyTableHasItsColumnsInOrderAndIsPartitionedByRun() {
    MetricTables.open(spark, settings);
    Map<String, String> found =
        spark.sql("SHOW TABLES IN syscall.syscall_anomaly").collectAsList().stream()
            .map(row -> row.<String>getAs("tableName"))
            .collect(toMap(name -> name, name -> String.join(", ", read(name).columns())));
    assertThat(found).isEqualTo(COLUMNS);
    for (MetricTable table : MetricTable.values()) {
      assertThat(read(table.label()).schema().toDDL()).isEqualTo(table.schema().toDDL());
      assertThat(read(table.label() + ".partitions").schema().apply("partition").dataType().sql())
          .isEqualTo("STRUCT<run_id: STRING>");
    }
  }

  @Test
  void rowsComeBackAsWritten() {
    MetricTables tables = MetricTables.open(spark, settings);
    write(tables, "a", 1);
    assertRows(
        tables,
        MetricTable.RUNS,
        RowFactory.create(
            "a", Timestamp.from(START), null, "running", "{}", "c0", "0.1", "f0", 1L, "3.5", 2L));
    assertRows(
        tables,
        MetricTable.DATA_PROFILE,
        RowFactory.create("a", "training", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L));
    assertRows(
        tables,
        MetricTable.EPOCHS,
        RowFactory.create("a", 1L, 2.5, .25, 2.0, .375, 10.0, 100.0, 3L, false),
        RowFactory.create("a", 2L, 1.5, .5, 1.0, .625, 11.0, 90.0, 4L, true));
    assertRows(
        tables, MetricTable.NEXT_CALL, RowFactory.create("a", "attack", 7L, 0.0, 1.0, .5, .75));
    assertRows(
        tables,
        MetricTable.TRACE_SCORES,
        RowFactory.create(
            "a", "lstm", "attack", "Adduser", "0", 10L, 1.0, .5, true, null, null, null, null, null,
            null));
    assertRows(
        tables,
        MetricTable.ALARMS,
        RowFactory.create(
            "a", "0", "lstm", 1.0, .5, 10L, "stide", null, null, null, null, null, null));
    assertRows(
        tables,
        MetricTable.DETECTION,
        RowFactory.create(
            "a",
            "lstm",
            "all",
            "distinct",
            4L,
            3L,
            .75,
            .5,
            1.0,
            .01,
            .05,
            .04,
            .06,
            .1,
            .09,
            .11,
            .15,
            .2,
            .19,
            .21,
            .9,
            null,
            null));
    assertRows(
        tables,
        MetricTable.OPERATING_POINTS,
        RowFactory.create(
            "a", "lstm", "without_execve", .05, null, 0.0, 0.0, .1, null, null, null));
    assertRows(
        tables,
        MetricTable.COMPARISONS,
        RowFactory.create("a", "lstm", "stide", "official", .25, -.5, .75));
    assertRows(
        tables,
        MetricTable.ROC,
        RowFactory.create("a", "lstm", "official", Double.POSITIVE_INFINITY, 0.0, 0.0),
        RowFactory.create("a", "lstm", "official", 1.5, .25, 1.0));
    assertThat(tables.table(MetricTable.ROC).where("threshold >= 1e300").count()).isEqualTo(1);
  }

  @Test
  void replacingTwiceLeavesTheSameRowsAndOtherRunsAlone() {
    MetricTables tables = MetricTables.open(spark, settings);
    write(tables, "a", 3);
    write(tables, "b", 5);
    Map<MetricTable, List<Row>> once = rows(tables);
    write(tables, "a", 3);
    assertThat(rows(tables)).isEqualTo(once);
    // In one commit and one file a run.
    for (MetricTable table : MetricTable.values()) {
      assertThat(read(table.label() + ".snapshots").count()).as(table.label()).isEqualTo(3);
      assertThat(read(table.label() + ".files").count()).as(table.label()).isEqualTo(2);
    }
  }

  @Test
  void replacingByFewerRowsOrNoneRemovesTheOthers() {
    MetricTables tables = MetricTables.open(spark, settings);
    writeScores(tables, "a", 3);
    writeScores(tables, "b", 5);
    tables.replaceTraceScores("a", scores(tables, 2));
    tables.replaceRoc("a", List.of());
    assertThat(count(tables, MetricTable.TRACE_SCORES, "a")).isEqualTo(2);
    assertThat(count(tables, MetricTable.ROC, "a")).isEqualTo(0);
    tables.replaceTraceScores("a", scores(tables, 0));
    assertThat(count(tables, MetricTable.TRACE_SCORES, "a")).isEqualTo(0);
    assertThat(count(tables, MetricTable.TRACE_SCORES, "b")).isEqualTo(5);
    assertThat(count(tables, MetricTable.ROC, "b")).isEqualTo(2);
  }

  @Test
  void noRowsAreReplacedWithoutTheGuardsLeave() {
    MetricTables tables = MetricTables.open(spark, settings);
    write(tables, "a", 2);
    Map<MetricTable, List<Row>> before = rows(tables);
    MetricTables guarded =
        tables.guardedBy(
            () -> {
              throw new IOException("taken over");
            });
    List<ThrowingCallable> replacements =
        List.of(
            () ->
                guarded.replaceRun(
                    "a", new RunRow(START, START, "done", "{}", "c1", "0.2", "f1", 2, "3.5", 4)),
            () -> guarded.replaceSteps("a", List.of()),
            () -> guarded.replaceRejects("a", List.of()),
            () -> guarded.replaceDataProfile("a", List.of()),
            () -> guarded.replaceEpochs("a", List.of()),
            () -> guarded.replaceNextCall("a", List.of()),
            () -> guarded.replaceTraceScores("a", scores(guarded, 0)),
            () -> guarded.replaceAlarms("a", scores(guarded, 0)),
            () -> guarded.replaceDetection("a", List.of()),
            () -> guarded.replaceRoc("a", List.of()),
            () -> guarded.replaceOperatingPoints("a", List.of()),
            () -> guarded.replaceComparisons("a", List.of()),
            () -> guarded.replacePromotion("a", "promote", List.of()));
    assertThat(replacements)
        .hasSameSizeAs(MetricTable.values())
        .allSatisfy(
            replacement ->
                assertThatThrownBy(replacement)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot write run a to `syscall`.`syscall_anomaly`.")
                    .hasRootCauseMessage("taken over"));
    assertThat(rows(tables)).isEqualTo(before);
  }

  @Test
  void traceScoresWithoutAColumnAreRefusedBeforeAnythingIsWritten() {
    MetricTables tables = MetricTables.open(spark, settings);
    writeScores(tables, "a", 2);
    assertThatThrownBy(() -> tables.replaceTraceScores("a", scores(tables, 1).drop("p_value")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these trace scores: they have no column 'p_value' of type double; their"
                + " columns are distinct, alarm, score, calls, trace_id, family, split, part, detector");
    assertThat(count(tables, MetricTable.TRACE_SCORES, "a")).isEqualTo(2);
  }

  @Test
  void rowsComeBackAsTheRecordsThatWereWritten() {
    MetricTables tables = MetricTables.open(spark, settings);
    List<EpochResult> epochs =
        List.of(
            EpochResults.of(2, 1.5, .5, 1, .625, 11, 90, 4, true),
            EpochResults.of(1, 2.5, .25, 2, .375, 10, 100, 3, false));
    DataProfile attack = new DataProfile(Split.ATTACK, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    DataProfile training = new DataProfile(Split.TRAINING, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    tables.replaceEpochs("a", epochs);
    tables.replaceDataProfile("a", List.of(attack, training));
    assertThat(tables.epochs("a")).containsExactly(epochs.get(1), epochs.get(0));
    assertThat(tables.dataProfile("a")).containsExactly(training, attack);
    assertThat(tables.epochs("b")).isEmpty();
  }

  @Test
  void runIdIsAValueAndNotAPattern() {
    MetricTables tables = MetricTables.open(spark, settings);
    writeScores(tables, "2026-01-01T00:00:00Z", 1);
    writeScores(tables, "it's 100 %/_", 1);
    writeScores(tables, "it's 100 %/_", 1);
    assertThat(count(tables, MetricTable.ROC, "it's 100 %/_")).isEqualTo(2);
    assertThat(count(tables, MetricTable.ROC, "2026-01-01T00:00:00Z")).isEqualTo(2);
  }

  @Test
  void columnsThatOthersAddedStayEmpty() {
    MetricTables.open(spark, settings);
    spark.sql("ALTER TABLE syscall.syscall_anomaly.roc ADD COLUMN note string FIRST");
    spark.sql("ALTER TABLE syscall.syscall_anomaly.trace_scores ADD COLUMN rack string");
    writeScores(MetricTables.open(spark, settings), "a", 1);
    assertThat(read("roc").where("note IS NULL AND tpr = 1").count()).isEqualTo(1);
    assertThat(read("trace_scores").where("rack IS NULL").count()).isEqualTo(1);
  }

  private Dataset<Row> read(String table) {
    return spark.table("syscall.syscall_anomaly." + table);
  }

  private static void assertRows(MetricTables tables, MetricTable table, Row... rows) {
    assertThat(tables.table(table).collectAsList()).containsExactlyInAnyOrder(rows);
  }

  private static Map<MetricTable, List<Row>> rows(MetricTables tables) {
    return Arrays.stream(MetricTable.values())
        .collect(
            toMap(
                table -> table,
                table ->
                    tables.table(table).collectAsList().stream()
                        .sorted((one, other) -> one.toString().compareTo(other.toString()))
                        .toList()));
  }

  static long count(MetricTables tables, MetricTable table, String run) {
    return tables.table(table).where(col("run_id").equalTo(run)).count();
  }

  static WarehouseSettings settings(Path location) {
    return new WarehouseSettings("syscall", "syscall_anomaly", location.toString());
  }
}
