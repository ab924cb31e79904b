package syscallanomaly.warehouse;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogProperties;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Defines the Iceberg catalog of a session that has none. The catalog is a folder on any Hadoop
 * file system and needs no server.
 *
 * <p>Its commits are atomic on HDFS, which does not rename over a file. In a local folder, {@link
 * LocalCommitLock} makes them atomic. On object stores they are not atomic: several applications
 * that write there at the same time need a catalog with a server.
 */
final class EmbeddedCatalog {
  private static final String MARK = "syscall-anomaly";

  private EmbeddedCatalog() {}

  /**
   * Defines the catalog, unless the session's configuration defines it.
   *
   * @throws IllegalStateException if the session already has the catalog at another location; Spark
   *     cannot move a catalog that is in use
   * @throws IOException if the file system of the location cannot be reached
   */
  static void define(SparkSession spark, WarehouseSettings settings) throws IOException {
    RuntimeConfig session = spark.conf();
    String key = "spark.sql.catalog." + settings.catalog();
    if (!session.contains(key)) {
      entries(settings).forEach(session::set);
      if (files(spark, settings) instanceof LocalFileSystem) {
        session.set(key + "." + CatalogProperties.LOCK_IMPL, LocalCommitLock.class.getName());
      }
      return;
    }
    String location = session.get(key + ".warehouse", "");
    if (session.get(key + ".defined-by", "").equals(MARK)
        && !location.equals(settings.location())) {
      throw new IllegalStateException(
          "Cannot open a warehouse at "
              + settings.location()
              + ": catalog '"
              + settings.catalog()
              + "' of this Spark session lies at "
              + location
              + "; name another catalog or take a new session");
    }
  }

  /**
   * Says whether two applications that commit at the same time can lose rows. This is so if the
   * tables lie in the embedded catalog on an object store. There, files appear when they are
   * closed, and renames are copies.
   */
  static boolean wantsOneWriter(SparkSession spark, WarehouseSettings settings) throws IOException {
    String mark = "spark.sql.catalog." + settings.catalog() + ".defined-by";
    if (!spark.conf().get(mark, "").equals(MARK)) {
      return false;
    }
    return files(spark, settings)
        .hasPathCapability(new Path(settings.location()), CommonPathCapabilities.ABORTABLE_STREAM);
  }

  private static FileSystem files(SparkSession spark, WarehouseSettings settings)
      throws IOException {
    return new Path(settings.location()).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  private static Map<String, String> entries(WarehouseSettings settings) {
    String key = "spark.sql.catalog." + settings.catalog();
    return Map.of(
        key,
        "org.apache.iceberg.spark.SparkCatalog",
        key + ".type",
        "hadoop",
        key + ".warehouse",
        settings.location(),
        // Without the cache, rows that another application has just written are seen at once.
        key + ".cache-enabled",
        "false",
        key + ".defined-by",
        MARK);
  }
}
