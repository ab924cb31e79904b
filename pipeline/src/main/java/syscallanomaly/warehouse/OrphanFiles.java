package syscallanomaly.warehouse;

import java.time.Instant;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Deletes files in a table's folder that no snapshot of it names. Writers that were killed before
 * they could commit leave them. All files of a table whose owner has set {@code gc.enabled} to
 * false stay.
 */
final class OrphanFiles {
  private final SparkSession spark;
  private final String name;

  /**
   * @param spark session that lists the folder
   * @param name catalog, namespace and name of the table, quoted for SQL
   */
  OrphanFiles(SparkSession spark, String name) {
    this.spark = spark;
    this.name = name;
  }

  /**
   * @param before only files that were written before this time are deleted. It must lie so far
   *     back that no program still works on a commit with files that it wrote before.
   */
  void delete(Instant before) {
    Table table = CurrentTable.load(spark, name, "delete orphan files of " + name);
    if (PropertyUtil.propertyAsBoolean(
        table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT)) {
      SparkActions.get(spark).deleteOrphanFiles(table).olderThan(before.toEpochMilli()).execute();
    }
  }
}
