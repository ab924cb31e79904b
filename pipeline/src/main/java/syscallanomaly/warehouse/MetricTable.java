package syscallanomaly.warehouse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.score.Alarm;
import syscallanomaly.score.TraceScore;
import syscallanomaly.table.RecordColumns;
import syscallanomaly.table.TableColumn;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/**
 * Lists the metric tables. The record class of a table's rows declares its columns. Every table has
 * {@link #RUN_ID} as its first column and is partitioned by it.
 */
public enum MetricTable {
  RUNS(RunRow.class, "run", "What ran, on which input and with which settings, and how it ended."),

  STEPS(
      StepRow.class,
      "run and step",
      "How the steps of a run went, and how long each of them took."),

  DATA_PROFILE(
      DataProfile.class,
      "run and split",
      "What each split of a run's corpus holds: traces, system calls and n-gram windows."),

  REJECTS(
      RejectCount.class,
      "run, split and reason",
      "How many files and traces of a run cannot be used, and why. The run's folder names each."),

  EPOCHS(
      EpochResult.class,
      "run and epoch",
      "How the training of the language model went, epoch by epoch."),

  NEXT_CALL(
      NextCall.class,
      "run and split",
      "How well the trained language model predicts the next system call."),

  TRACE_SCORES(
      TraceScore.class,
      "run, detector and trace",
      "What each detector says of each validation, attack or observed trace."),

  ALARMS(
      Alarm.class,
      "run, detector and trace",
      "The observed traces that a fitted detector reports. They are in trace_scores, too."),

  DETECTION(
      Detection.class,
      "run, detector, family and population",
      "How well each detector tells attack traces from normal ones."),

  ROC(
      RocPoint.class,
      "run, detector, population and threshold",
      "The corners of the ROC curve of each detector over all attack families, from (0, 0) to (1, 1);"
          + " the curve runs straight between them."),

  OPERATING_POINTS(
      OperatingPoint.class,
      "run, detector, population and asked false-alarm rate",
      "What alarms came of an asked false-alarm rate."),

  COMPARISONS(
      Comparison.class,
      "run, pair of detectors and population",
      "How far apart two detectors are on the same traces."),

  PROMOTIONS(
      PromotionRow.class,
      "run, action and gate, and one for the decision",
      "Which detector was taken into use, or was not, and why.");

  /** The column that names the run. */
  public static final String RUN_ID = "run_id";

  private static final TableColumn RUN =
      new TableColumn(
          RUN_ID, DataTypes.StringType, "Name of the run that the row belongs to.", List.of());

  /** Columns of the rows. The object is immutable, but ErrorProne cannot prove it. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final RecordColumns<?> records;

  private final String rowPer;
  private final String about;

  MetricTable(Class<? extends Record> rows, String rowPer, String about) {
    this.records = RecordColumns.of(rows);
    this.rowPer = rowPer;
    this.about = about;
  }

  /** The table's name in its namespace. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The comment of the table: what it holds, and what one row stands for. */
  public String comment() {
    return "%s One row per %s.".formatted(about, rowPer);
  }

  /** The columns, of which {@link #RUN_ID} is the first. */
  public List<TableColumn> columns() {
    return Stream.concat(Stream.of(RUN), records.columns().stream()).toList();
  }

  /** The columns as a schema of Spark, with their comments. */
  public StructType schema() {
    return new StructType(columns().stream().map(TableColumn::field).toArray(StructField[]::new));
  }

  /**
   * The values of a row of the table, by the names of its columns.
   *
   * @param runId name of the run
   * @param row instance of the record class of the table's rows
   * @throws ClassCastException if the record is of another class than the table's rows
   */
  Map<String, Object> values(String runId, Record row) {
    Map<String, Object> values = new HashMap<>();
    values.put(RUN_ID, runId);
    List<TableColumn> columns = records.columns();
    List<Object> own = values(records, row);
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i).name(), own.get(i));
    }
    return values;
  }

  /** Reads the record of a row of the table. */
  Record record(Row row) {
    return records.record(row);
  }

  private static <R extends Record> List<Object> values(RecordColumns<R> columns, Record row) {
    return columns.values(columns.type().cast(row));
  }
}
