package syscallanomaly.warehouse;

import java.time.Instant;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Deletes old snapshots of a table, with the files that only they need. Every commit makes a
 * snapshot, and the rows that it replaces stay in the files of the snapshot before.
 *
 * <p>The present rows stay. So do branches and tags, and all files of a table whose owner has set
 * {@code gc.enabled} to false.
 */
final class SnapshotExpiry {
  private final SparkSession spark;
  private final String name;

  /**
   * @param spark session that loads the table
   * @param name catalog, namespace and name of the table, quoted for SQL
   */
  SnapshotExpiry(SparkSession spark, String name) {
    this.spark = spark;
    this.name = name;
  }

  /**
   * Commits nothing if there is no old snapshot. A commit of another program in between does no
   * harm, because Iceberg tries again.
   *
   * @param before snapshots that were made before this time are old. Programs that began to read
   *     earlier may miss files.
   */
  void run(Instant before) {
    Table table = CurrentTable.load(spark, name, "delete old snapshots of " + name);
    Snapshot present = table.currentSnapshot();
    boolean mayDelete =
        PropertyUtil.propertyAsBoolean(
            table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
    boolean hasOld =
        StreamSupport.stream(table.snapshots().spliterator(), false)
            .filter(snapshot -> snapshot.snapshotId() != present.snapshotId())
            .anyMatch(snapshot -> snapshot.timestampMillis() < before.toEpochMilli());
    if (mayDelete && hasOld) {
      table.expireSnapshots().expireOlderThan(before.toEpochMilli()).commit();
    }
  }
}
