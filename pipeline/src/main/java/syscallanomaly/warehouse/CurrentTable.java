package syscallanomaly.warehouse;

import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Loads tables as they are now. */
final class CurrentTable {
  private CurrentTable() {}

  /**
   * Loads a table and looks for commits that a catalog with a cache has not seen.
   *
   * @param name catalog, namespace and name of the table, quoted for SQL
   * @param purpose what cannot be done without the table, for the message
   * @throws IllegalStateException if there is no such table
   */
  static Table load(SparkSession spark, String name, String purpose) {
    return find(spark, name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot %s: the table has been dropped; start the job again"
                        .formatted(purpose)));
  }

  /**
   * Loads a table as {@link #load} does; the result is empty if there is no such table.
   *
   * @param name catalog, namespace and name of the table, quoted for SQL
   */
  static Optional<Table> find(SparkSession spark, String name) {
    try {
      Table table = Spark3Util.loadIcebergTable(spark, name);
      table.refresh();
      return Optional.of(table);
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (ParseException e) {
      throw new IllegalArgumentException("Cannot load a table: %s is no name".formatted(name), e);
    }
  }
}
