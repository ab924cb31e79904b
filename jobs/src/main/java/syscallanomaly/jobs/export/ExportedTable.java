package syscallanomaly.jobs.export;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.table.TableColumn;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.MetricTable;

/**
 * A metric table in PostgreSQL, as its declaration says: columns, types and comments.
 *
 * <p>Rows come in two steps. Spark writes them into a staging table. Then one transaction moves
 * them, so that a reader sees the former rows of a run or the new ones.
 */
final class ExportedTable {
  private static final String STAGING = "staging_";

  private static final Map<DataType, String> TYPES =
      Map.of(
          DataTypes.StringType, "text",
          DataTypes.LongType, "bigint",
          DataTypes.DoubleType, "double precision",
          DataTypes.BooleanType, "boolean",
          DataTypes.TimestampType, "timestamp with time zone");

  private final String schema;
  private final MetricTable declared;

  /**
   * @param schema schema of the database
   * @param declared what the table holds
   */
  ExportedTable(String schema, MetricTable declared) {
    this.schema = schema;
    this.declared = declared;
  }

  /** The table's name for SQL. */
  String name() {
    return quoted(schema) + "." + quoted(declared.label());
  }

  /** The name of the staging table for SQL. */
  String staging() {
    return quoted(schema) + "." + quoted(STAGING + declared.label());
  }

  /**
   * Creates the table, or adds the columns that it lacks, and sets the comments. Columns that are
   * not declared stay.
   *
   * @throws UnusableInputException if something else of this name is there: no table, a table
   *     without runs, or one with a declared column of another type
   */
  void bringUpToDate(Connection connection) throws SQLException {
    Map<String, String> found = columns(connection);
    if (found.isEmpty()) {
      requireNoOtherRelation(connection);
      execute(connection, "CREATE TABLE %s (%s)".formatted(name(), definitions()));
      execute(connection, "CREATE INDEX ON %s (%s)".formatted(name(), quoted(MetricTable.RUN_ID)));
    } else {
      requireTable(connection);
      extend(connection, found);
    }
    comment(connection, "TABLE " + name(), declared.comment());
    for (TableColumn column : declared.columns()) {
      comment(
          connection, "COLUMN %s.%s".formatted(name(), quoted(column.name())), column.comment());
    }
  }

  private void extend(Connection connection, Map<String, String> found) throws SQLException {
    if (!found.containsKey(MetricTable.RUN_ID)) {
      throw otherShape("has no column '%s'".formatted(MetricTable.RUN_ID));
    }
    for (TableColumn column : declared.columns()) {
      if (!found.containsKey(column.name())) {
        List<String> former = column.formerly().stream().filter(found::containsKey).toList();
        if (!former.isEmpty()) {
          requireType(former.get(0), found.get(former.get(0)), column);
          execute(
              connection,
              "ALTER TABLE %s RENAME COLUMN %s TO %s"
                  .formatted(name(), quoted(former.get(0)), quoted(column.name())));
        } else {
          execute(connection, "ALTER TABLE %s ADD COLUMN %s".formatted(name(), definition(column)));
        }
      } else {
        requireType(column.name(), found.get(column.name()), column);
      }
    }
  }

  private void requireType(String name, String found, TableColumn column) {
    String wanted = type(column);
    if (!wanted.equals(found)) {
      throw otherShape(
          "has a column '%s' of type %s, which must be %s".formatted(name, found, wanted));
    }
  }

  private UnusableInputException otherShape(String what) {
    return new UnusableInputException(
        "Cannot export %s: the table %s.%s of the database %s; rename that table, or set export.schema to a schema of this program's own"
            .formatted(declared.label(), schema, declared.label(), what));
  }

  /** Makes the staging table, empty. What a killed export has left there is dropped. */
  void makeStaging(Connection connection) throws SQLException {
    dropStaging(connection);
    execute(connection, "CREATE UNLOGGED TABLE %s (%s)".formatted(staging(), definitions()));
  }

  void dropStaging(Connection connection) throws SQLException {
    execute(connection, "DROP TABLE IF EXISTS " + staging());
  }

  /**
   * Replaces the rows of some runs with those of the staging table.
   *
   * @return number of rows that the runs have now
   */
  long replace(Connection connection, List<String> runs) throws SQLException {
    String columns =
        declared.columns().stream().map(column -> quoted(column.name())).collect(joining(", "));
    try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM %s WHERE %s = ANY (?)".formatted(name(), quoted(MetricTable.RUN_ID)));
        Statement insert = connection.createStatement()) {
      delete.setArray(1, connection.createArrayOf("text", runs.toArray()));
      delete.executeUpdate();
      // A task that Spark repeats may have written its rows before. No two rows of a table are
      // equal, so DISTINCT leaves out just these.
      return insert.executeLargeUpdate(
          "INSERT INTO %s (%s) SELECT DISTINCT %s FROM %s"
              .formatted(name(), columns, columns, staging()));
    }
  }

  private String definitions() {
    return declared.columns().stream().map(ExportedTable::definition).collect(joining(", "));
  }

  private static String definition(TableColumn column) {
    return quoted(column.name()) + " " + type(column);
  }

  private static String type(TableColumn column) {
    String type = TYPES.get(column.type());
    if (type == null) {
      throw new IllegalStateException(
          "Cannot export column %s: there is no PostgreSQL type for %s"
              .formatted(column.name(), column.type().simpleString()));
    }
    return type;
  }

  /** The columns that the table has, with their types as PostgreSQL names them; none without it. */
  private Map<String, String> columns(Connection connection) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT column_name, data_type FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position")) {
      query.setString(1, schema);
      query.setString(2, declared.label());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return columns;
  }

  private void requireTable(Connection connection) throws SQLException {
    String kind = kind(connection);
    if (!kind.equals("r") && !kind.equals("p")) {
      throw otherShape("is no table");
    }
  }

  /** A table of which this user may see no column, and an index, hide a name as well. */
  private void requireNoOtherRelation(Connection connection) throws SQLException {
    if (!kind(connection).isEmpty()) {
      throw otherShape("is not this user's");
    }
  }

  /** Kind of what has the table's name, as in pg_class.relkind; empty if nothing has it. */
  private String kind(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT c.relkind::text FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ?")) {
      query.setString(1, schema);
      query.setString(2, declared.label());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  private static void comment(Connection connection, String of, String text) throws SQLException {
    execute(connection, "COMMENT ON %s IS '%s'".formatted(of, text.replace("'", "''")));
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : Stream.of(statements).toList()) {
        statement.execute(text);
      }
    }
  }

  /** A name for SQL. The names here hold letters, digits and underscores only. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
