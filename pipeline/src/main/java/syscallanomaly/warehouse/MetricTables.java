package syscallanomaly.warehouse;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.query.SideBySide;
import syscallanomaly.score.Alarm;
import syscallanomaly.score.TraceScore;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/**
 * The metric tables of all runs, in Apache Iceberg.
 *
 * <p>Every {@code replace} method replaces a run's rows of one table in one commit. A reader sees
 * either the old rows or the new ones. The rows of other runs stay as they are. Runs with different
 * ids may write at the same time.
 */
public final class MetricTables {
  private final SparkSession spark;
  private final WarehouseSettings settings;
  private final Guard guard;

  private MetricTables(SparkSession spark, WarehouseSettings settings, Guard guard) {
    this.spark = spark;
    this.settings = settings;
    this.guard = guard;
  }

  /** Decides whether rows may be replaced. */
  @FunctionalInterface
  public interface Guard {
    /** Returns if rows may be replaced, and throws if they may not. */
    void requireAllowed() throws IOException;
  }

  /**
   * Opens the tables, and creates the namespace and the tables that are missing. If the session's
   * configuration defines no catalog of this name, it gets an embedded Hadoop catalog.
   *
   * <p>Tables of earlier releases are brought up to date. Columns get their present names and
   * comments, and new columns are added. All rows and all other columns stay.
   *
   * @param spark session that reads and writes the tables
   * @param settings where the tables are
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
    // A catalog on an object store takes several requests for each table.
    SideBySide.doAll(
        Arrays.stream(MetricTable.values())
            .<Runnable>map(table -> () -> tables.bringUpToDate(table))
            .toList());
    return tables;
  }

  private void bringUpToDate(MetricTable table) {
    SchemaEvolution evolution = new SchemaEvolution(spark, name(table), table);
    // Another program may create the table in between.
    if (!evolution.run() && !NewTable.create(spark, settings, table)) {
      evolution.run();
    }
  }

  /**
   * The same tables with a guard, which is asked before every replacement.
   *
   * @param every guard of all replacements. If it throws an {@link IOException}, the rows stay as
   *     they are, and the replacement throws an {@link UncheckedIOException} with this cause.
   */
  public MetricTables guardedBy(Guard every) {
    return new MetricTables(spark, settings, every);
  }

  /**
   * Says whether only one application may write at the same time. This is so in an embedded catalog
   * on an object store, where two commits at the same time can lose rows.
   */
  public boolean wantOneWriter() throws IOException {
    return EmbeddedCatalog.wantsOneWriter(spark, settings);
  }

  /**
   * Deletes the snapshots that are older than {@link WarehouseSettings#keepSnapshotsDays} says,
   * with the files that only they need. Only former rows are lost.
   *
   * @param now the time from which the days count back
   */
  public void expireSnapshots(Instant now) {
    cleanEach(
        now, "delete old snapshots", (name, before) -> new SnapshotExpiry(spark, name).run(before));
  }

  /**
   * Deletes files that no snapshot names and that are older than {@link
   * WarehouseSettings#keepSnapshotsDays} says. Writers that were killed left them. The folder of
   * each table is listed.
   *
   * @param now the time from which the days count back
   */
  public void deleteOrphanFiles(Instant now) {
    cleanEach(
        now, "delete orphan files", (name, before) -> new OrphanFiles(spark, name).delete(before));
  }

  private void cleanEach(Instant now, String purpose, BiConsumer<String, Instant> cleaning) {
    if (settings.keepSnapshotsDays() == 0) {
      return;
    }
    Instant before = now.minus(Duration.ofDays(settings.keepSnapshotsDays()));
    for (MetricTable table : MetricTable.values()) {
      try {
        guard.requireAllowed();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot %s of %s".formatted(purpose, name(table)), e);
      }
      cleaning.accept(name(table), before);
    }
  }

  /**
   * Deletes all rows of some runs, in one commit for each table. The table {@code runs} comes last,
   * so that it names the runs of a deletion that was interrupted. The files stay until their
   * snapshots expire.
   *
   * @param runIds names of the runs; a run without rows does no harm
   */
  public void deleteRuns(Collection<String> runIds) {
    List<MetricTable> order = new ArrayList<>(Arrays.asList(MetricTable.values()));
    order.remove(MetricTable.RUNS);
    order.add(MetricTable.RUNS);
    for (MetricTable table : order) {
      try {
        guard.requireAllowed();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot delete runs from " + name(table), e);
      }
      CurrentTable.load(spark, name(table), "delete runs from " + name(table))
          .newDelete()
          .deleteFromRowFilter(Expressions.in(MetricTable.RUN_ID, runIds.toArray()))
          .commit();
    }
  }

  /** Replaces the run's row in {@code runs}. */
  public void replaceRun(String runId, RunRow run) {
    replace(MetricTable.RUNS, runId, List.of(run));
  }

  /** Replaces the run's rows in {@code steps}, one for each step that has begun. */
  public void replaceSteps(String runId, List<StepRow> steps) {
    replace(MetricTable.STEPS, runId, steps);
  }

  /** Replaces the run's rows in {@code rejects}, one for each split and reason. */
  public void replaceRejects(String runId, List<RejectCount> rejects) {
    replace(MetricTable.REJECTS, runId, rejects);
  }

  /** Reads the run's rows of {@code rejects}, in no order. */
  public List<RejectCount> rejects(String runId) {
    return rows(MetricTable.REJECTS, runId).map(RejectCount.class::cast).toList();
  }

  /** Replaces the run's rows in {@code data_profile}, one for each split. */
  public void replaceDataProfile(String runId, List<DataProfile> profiles) {
    replace(MetricTable.DATA_PROFILE, runId, profiles);
  }

  /** Reads the run's rows of {@code data_profile}, in the order of {@link Split}. */
  public List<DataProfile> dataProfile(String runId) {
    return rows(MetricTable.DATA_PROFILE, runId)
        .map(DataProfile.class::cast)
        .sorted(Comparator.comparing(DataProfile::split))
        .toList();
  }

  /** Reads the run's rows of {@code epochs}, in the order of the epochs. */
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
   * Replaces the run's rows in {@code trace_scores}. The executors write them.
   *
   * @param runId name of the run
   * @param scores one row for each detector and trace, with the columns of {@link TraceScore} in
   *     any order; the columns of {@link TraceColumns#ORIGIN} may be missing. Other columns are
   *     left out. The Dataset must be of the session of these tables.
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public void replaceTraceScores(String runId, Dataset<Row> scores) {
    replace(MetricTable.TRACE_SCORES, runId, scores, TraceScore.REQUIRED);
  }

  /**
   * Replaces the run's rows in {@code alarms}. The executors write them.
   *
   * @param runId name of the run
   * @param alarms one row for each detector and trace that it reports, with the columns of {@link
   *     Alarm} in any order; the columns of {@link TraceColumns#ORIGIN} may be missing. Other
   *     columns are left out. The Dataset must be of the session of these tables.
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public void replaceAlarms(String runId, Dataset<Row> alarms) {
    replace(MetricTable.ALARMS, runId, alarms, Alarm.REQUIRED);
  }

  /** Replaces the run's rows in {@code detection}. */
  public void replaceDetection(String runId, List<Detection> detections) {
    replace(MetricTable.DETECTION, runId, detections);
  }

  /** Replaces the run's rows in {@code roc}. */
  public void replaceRoc(String runId, List<RocPoint> points) {
    replace(MetricTable.ROC, runId, points);
  }

  /** Replaces the run's rows in {@code operating_points}. */
  public void replaceOperatingPoints(String runId, List<OperatingPoint> points) {
    replace(MetricTable.OPERATING_POINTS, runId, points);
  }

  /** Replaces the run's rows in {@code comparisons}. */
  public void replaceComparisons(String runId, List<Comparison> comparisons) {
    replace(MetricTable.COMPARISONS, runId, comparisons);
  }

  /**
   * Replaces the run's rows in {@code promotions} of one action. Those of another action stay.
   *
   * @param action action of all rows
   * @param decision one row for each gate, and one for the decision
   */
  public void replacePromotion(String runId, String action, List<PromotionRow> decision) {
    // Iceberg replaces whole files, and a run's rows may have been merged into one.
    Stream<PromotionRow> others =
        promotions(runId).stream().filter(row -> !row.action().equals(action));
    replace(MetricTable.PROMOTIONS, runId, Stream.concat(others, decision.stream()).toList());
  }

  /** Reads the run's rows of {@code promotions}, in no particular order. */
  public List<PromotionRow> promotions(String runId) {
    return rows(MetricTable.PROMOTIONS, runId).map(PromotionRow.class::cast).toList();
  }

  /** Reads the rows of all runs in a table, as they are now. */
  public Dataset<Row> table(MetricTable table) {
    return spark.table(name(table));
  }

  /**
   * Collects a run's rows on the driver. A run has only a few rows in the tables that are read
   * back.
   */
  private Stream<Record> rows(MetricTable table, String runId) {
    String purpose = "read run %s of %s".formatted(runId, name(table));
    try {
      return rows(table, runId, purpose).read(table.schema()).stream().map(table::record);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot " + purpose, e);
    }
  }

  private void replace(MetricTable table, String runId, List<? extends Record> records) {
    String purpose = writing(table, runId);
    try {
      guard.requireAllowed();
      rows(table, runId, purpose)
          .replace(records.stream().map(record -> table.values(runId, record)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot " + purpose, e);
    }
  }

  private DriverRows rows(MetricTable table, String runId, String purpose) {
    return new DriverRows(CurrentTable.load(spark, name(table), purpose), runId);
  }

  private String writing(MetricTable table, String runId) {
    return "write run %s to %s".formatted(runId, name(table));
  }

  private void replace(
      MetricTable table, String runId, Dataset<Row> rows, RequiredColumns required) {
    Column[] columns =
        Arrays.stream(table.schema().fieldNames())
            .map(name -> name.equals(MetricTable.RUN_ID) ? lit(runId).as(name) : col(name))
            .toArray(Column[]::new);
    Dataset<Row> selected = TraceColumns.withOrigin(required.in(rows)).select(columns);
    try {
      guard.requireAllowed();
      selected
          .select(columns(table, selected))
          .writeTo(name(table))
          .overwrite(col(MetricTable.RUN_ID).equalTo(runId));
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(
          "Cannot %s: the table has been dropped; start the job again"
              .formatted(writing(table, runId)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot " + writing(table, runId), e);
    }
  }

  /** Returns the table's columns. Columns that this release does not know are null. */
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
