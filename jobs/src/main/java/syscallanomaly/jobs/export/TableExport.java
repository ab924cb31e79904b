package syscallanomaly.jobs.export;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.ExportSettings;
import syscallanomaly.table.TableColumn;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;

/**
 * Writes the metric tables of runs into a PostgreSQL database.
 *
 * <p>Order of an export:
 *
 * <ol>
 *   <li>The database takes one export of a schema at a time; a second one is refused.
 *   <li>Schema, tables, columns, comments and views are brought up to date.
 *   <li>Spark's tasks write the rows into staging tables.
 *   <li>One transaction replaces the rows of these runs in all tables.
 * </ol>
 *
 * <p>An export that ends before its last step leaves the former rows. Runs that the metric tables
 * no longer have stay in the database.
 */
public final class TableExport {
  /** Connections that Spark's tasks open at a time. PostgreSQL takes 100 of all its clients. */
  private static final String MOST_CONNECTIONS = "8";

  private final SparkSession spark;
  private final MetricTables tables;
  private final ExportSettings settings;
  private final Postgres database;

  /**
   * @param spark session that reads the tables
   * @param tables the metric tables
   * @param settings where they go
   */
  public TableExport(SparkSession spark, MetricTables tables, ExportSettings settings) {
    this.spark = spark;
    this.tables = tables;
    this.settings = settings;
    this.database = Postgres.of(settings, spark.sparkContext().getConf());
  }

  /**
   * What an export has done.
   *
   * @param runs names of the runs, sorted
   * @param rows number of their rows in each table
   * @param address the database, without secrets
   */
  public record Result(List<String> runs, Map<MetricTable, Long> rows, String address) {}

  /**
   * Exports.
   *
   * @throws UnusableInputException if the database cannot be reached, refuses the user, lacks
   *     rights or room, or has a table of another shape, or if the run does not exist
   */
  public Result execute() {
    try (Connection connection = database.connect()) {
      requireAlone(connection);
      bringUpToDate(connection);
      List<String> runs =
          new RunChanges(tables).find(settings.runs(), table(MetricTable.RUNS), connection);
      connection.commit();
      return new Result(
          runs, runs.isEmpty() ? Map.of() : replace(connection, runs), database.address());
    } catch (SQLException e) {
      throw database.refusal(e);
    }
  }

  /** The lock ends with the connection, even if this program is killed. */
  private void requireAlone(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "syscall-anomaly export to " + settings.schema());
      try (ResultSet rows = lock.executeQuery()) {
        if (!rows.next() || !rows.getBoolean(1)) {
          throw new UnusableInputException(
              "Cannot export to %s: another export writes into its schema %s; wait for its end"
                  .formatted(database.address(), settings.schema()));
        }
      }
    }
  }

  private void bringUpToDate(Connection connection) throws SQLException {
    if (!hasSchema(connection)) {
      ExportedTable.execute(connection, "CREATE SCHEMA " + ExportedTable.quoted(settings.schema()));
    }
    for (MetricTable table : MetricTable.values()) {
      table(table).bringUpToDate(connection);
    }
    ExportedTable.execute(
        connection, "SET LOCAL search_path TO " + ExportedTable.quoted(settings.schema()), views());
  }

  private static String views() {
    try (InputStream text = TableExport.class.getResourceAsStream("views.sql")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read views.sql, which comes with the program", e);
    }
  }

  /** IF NOT EXISTS would ask for the right to create a schema that is there. */
  private boolean hasSchema(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
      query.setString(1, settings.schema());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private Map<MetricTable, Long> replace(Connection connection, List<String> runs)
      throws SQLException {
    for (MetricTable table : MetricTable.values()) {
      table(table).makeStaging(connection);
    }
    connection.commit();
    Map<MetricTable, Long> written = new EnumMap<>(MetricTable.class);
    for (MetricTable table : MetricTable.values()) {
      written.put(table, stage(table, runs));
    }
    for (MetricTable table : MetricTable.values()) {
      long replaced = table(table).replace(connection, runs);
      if (replaced != written.get(table)) {
        throw new IllegalStateException(
            "Cannot export %s: %d of its rows were read and %d arrived; give the same command again"
                .formatted(table.label(), written.get(table), replaced));
      }
      table(table).dropStaging(connection);
    }
    connection.commit();
    return written;
  }

  /** Has Spark's tasks write the rows of the runs; returns their number. */
  private long stage(MetricTable table, List<String> runs) {
    SparkContext context = spark.sparkContext();
    context.setJobGroup("export", "export of " + table.label(), false);
    try {
      // One Dataset reads one snapshot of the table, even if a run is written meanwhile.
      Dataset<Row> rows =
          tables
              .table(table)
              .where(col(MetricTable.RUN_ID).isInCollection(runs))
              .select(
                  table.columns().stream()
                      .map(TableColumn::name)
                      .map(org.apache.spark.sql.functions::col)
                      .toArray(Column[]::new));
      long number = rows.count();
      if (number > 0) {
        rows.write()
            .format("jdbc")
            .options(database.sparkOptions())
            .option("dbtable", table(table).staging())
            .option("numPartitions", MOST_CONNECTIONS)
            .mode(SaveMode.Append)
            .save();
      }
      return number;
    } catch (RuntimeException e) {
      SQLException refused = ExceptionUtils.throwableOfType(e, SQLException.class);
      throw refused == null ? e : database.refusal(refused);
    } finally {
      context.clearJobGroup();
    }
  }

  private ExportedTable table(MetricTable table) {
    return new ExportedTable(settings.schema(), table);
  }
}
