package syscallanomaly.warehouse;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;

/** Creates metric tables. */
final class NewTable {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Runs that write at the same time commit one after the other. Iceberg gives up after 4
          // retries by default, which is too few for many scheduled runs.
          "commit.retry.num-retries", "20",
          // Each commit writes a metadata file, which nothing else would delete.
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20");

  private NewTable() {}

  /**
   * Creates a table, without SQL, which takes longer.
   *
   * @param settings where the table shall be; its namespace must be there
   * @return whether it was created; false if there is a table of this name
   */
  static boolean create(SparkSession spark, WarehouseSettings settings, MetricTable table) {
    TableIdentifier name =
        TableIdentifier.of(Namespace.of(settings.namespace().split("\\.")), table.label());
    Schema schema = SparkSchemaUtil.convert(table.schema());
    PartitionSpec byRun = PartitionSpec.builderFor(schema).identity(MetricTable.RUN_ID).build();
    try {
      Spark3Util.loadIcebergCatalog(spark, settings.catalog())
          .buildTable(name, schema)
          .withPartitionSpec(byRun)
          .withProperties(PROPERTIES)
          .withProperty(TableCatalog.PROP_COMMENT, table.comment())
          .create();
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }
}
