package syscallanomaly.warehouse;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.score.TraceScore;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/**
 * The metric tables of all runs, in Apache Iceberg.
 *
 * <p>Every method that replaces swaps a run's rows of one table in one commit: a reader sees the
 * old rows or the new ones, never both, and other runs' rows are left alone. Runs with different
 * ids may write at the same time.
 */
public final class MetricTables {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Runs that write at the same time commit one after the other; the default gives up
          // after 4 attempts, which a schedule of many runs can exceed.
          "commit.retry.num-retries", "20",
          // Each commit writes a metadata file that nothing else would ever delete.
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20");

  private final SparkSession spark;
  private final WarehouseSettings settings;
  private final Guard guard;

  private MetricTables(SparkSession spark, WarehouseSettings settings, Guard guard) {
    this.spark = spark;
    this.settings = settings;
    this.guard = guard;
  }

  /** Has a say in whether rows may be replaced. */
  @FunctionalInterface
  public interface Guard {
    /** Returns where they may, and throws where they may not. */
    void requireAllowed() throws IOException;
  }

  /**
   * Opens the tables; creates the namespace and what tables are missing, and brings the tables of
   * earlier releases up to date: columns get their present names and comments, new ones are added,
   * and all rows and all other columns stay. The session's configuration gets an embedded Hadoop
   * catalog where it defines no catalog of that name.
   *
   * @throws IllegalStateException if an existing table has a column with another type
   */
  public static MetricTables open(SparkSession spark, WarehouseSettings settings) {
    try {
      EmbeddedCatalog.define(spark, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a warehouse at " + settings.location(), e);
    }
    MetricTables tables = new MetricTables(spark, settings, () -> {});
    spark.sql("CREATE NAMESPACE IF NOT EXISTS " + tables.namespace());
    for (MetricTable table : MetricTable.values()) {
      tables.create(table);
      new SchemaEvolution(spark, tables.name(table), table).run();
    }
    return tables;
  }

  /**
   * The same tables, whose every replacement asks first.
   *
   * @param every what it throws comes as the cause of an {@link UncheckedIOException}, and the rows
   *     stay as they are
   */
  public MetricTables guardedBy(Guard every) {
    return new MetricTables(spark, settings, every);
  }

  /**
   * Whether only one application may write at a time: in an embedded catalog on an object store,
   * two that commit together can lose rows.
   */
  public boolean wantOneWriter() throws IOException {
    return EmbeddedCatalog.wantsOneWriter(spark, settings);
  }

  /** Replaces the run's row in {@code runs}. */
  public void replaceRun(String runId, RunRow run) {
    replace(MetricTable.RUNS, runId, List.of(run));
  }

  /** Replaces the run's rows in {@code data_profile}, one for each split. */
  public void replaceDataProfile(String runId, List<DataProfile> profiles) {
    replace(MetricTable.DATA_PROFILE, runId, profiles);
  }

  /** The run's rows of {@code data_profile}, in the order of {@link Split}. */
  public List<DataProfile> dataProfile(String runId) {
    return rows(MetricTable.DATA_PROFILE, runId)
        .map(DataProfile.class::cast)
        .sorted(Comparator.comparing(DataProfile::split))
        .toList();
  }

  /** The run's rows of {@code epochs}, first to last. */
  public List<EpochResult> epochs(String runId) {
    return rows(MetricTable.EPOCHS, runId)
        .map(EpochResult.class::cast)
        .sorted(Comparator.comparingInt(EpochResult::epoch))
        .toList();
  }

  /** Replaces the run's rows in {@code epochs}. */
  public void replaceEpochs(String runId, List<EpochResult> epochs) {
    replace(MetricTable.EPOCHS, runId, epochs);
  }

  /** Replaces the run's rows in {@code next_call}, one for each split. */
  public void replaceNextCall(String runId, List<NextCall> nextCalls) {
    replace(MetricTable.NEXT_CALL, runId, nextCalls);
  }

  /**
   * Replaces the run's rows in {@code trace_scores}, written by the executors.
   *
   * @param scores one row per detector and trace, with the columns of {@link TraceScore} in any
   *     order; other columns are left out; of the session of these tables
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public void replaceTraceScores(String runId, Dataset<Row> scores) {
    TraceScore.REQUIRED.in(scores);
    Column[] columns =
        Arrays.stream(MetricTable.TRACE_SCORES.schema().fieldNames())
            .map(name -> name.equals(MetricTable.RUN_ID) ? lit(runId).as(name) : col(name))
            .toArray(Column[]::new);
    overwrite(MetricTable.TRACE_SCORES, runId, scores.select(columns));
  }

  /** Replaces the run's rows in {@code detection}. */
  public void replaceDetection(String runId, List<Detection> detections) {
    replace(MetricTable.DETECTION, runId, detections);
  }

  /** Replaces the run's rows in {@code roc}. */
  public void replaceRoc(String runId, List<RocPoint> points) {
    replace(MetricTable.ROC, runId, points);
  }

  /** All runs' rows of a table, as they are now. */
  public Dataset<Row> table(MetricTable table) {
    return spark.table(name(table));
  }

  /** A run has a handful of rows in the tables that are read back. */
  private Stream<Record> rows(MetricTable table, String runId) {
    return table(table).where(col(MetricTable.RUN_ID).equalTo(runId)).collectAsList().stream()
        .map(table::record);
  }

  private void replace(MetricTable table, String runId, List<? extends Record> records) {
    List<Row> rows = records.stream().map(record -> table.row(runId, record)).toList();
    overwrite(table, runId, spark.createDataFrame(rows, table.schema()).coalesce(1));
  }

  private void overwrite(MetricTable table, String runId, Dataset<Row> rows) {
    try {
      guard.requireAllowed();
      rows.select(columns(table, rows))
          .writeTo(name(table))
          .overwrite(col(MetricTable.RUN_ID).equalTo(runId));
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(
          "Cannot write run %s to %s: the table has been dropped; start the job again"
              .formatted(runId, name(table)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write run %s to %s".formatted(runId, name(table)), e);
    }
  }

  /** Columns that the table has and this release does not know stay null. */
  private Column[] columns(MetricTable table, Dataset<Row> rows) {
    List<String> known = Arrays.asList(rows.columns());
    return Arrays.stream(table(table).schema().fields())
        .map(
            column ->
                known.contains(column.name())
                    ? col(column.name())
                    : lit(null).cast(column.dataType()).as(column.name()))
        .toArray(Column[]::new);
  }

  private void create(MetricTable table) {
    String properties =
        PROPERTIES.entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + "=" + quoted(entry.getValue()))
            .sorted()
            .collect(joining(", "));
    spark.sql(
        ("CREATE TABLE IF NOT EXISTS %s (%s) USING iceberg PARTITIONED BY (%s) COMMENT %s"
                + " TBLPROPERTIES (%s)")
            .formatted(
                name(table),
                table.schema().toDDL(),
                MetricTable.RUN_ID,
                quoted(table.comment()),
                properties));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private String namespace() {
    return Stream.concat(
            Stream.of(settings.catalog()), Arrays.stream(settings.namespace().split("\\.")))
        .map(part -> "`" + part + "`")
        .collect(joining("."));
  }

  private String name(MetricTable table) {
    return namespace() + "." + table.label();
  }
}
