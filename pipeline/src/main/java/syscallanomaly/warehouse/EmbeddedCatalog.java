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
 * The Iceberg catalog of a session that has none: a folder on any Hadoop file system, with no
 * server behind it.
 *
 * <p>Its commits are atomic on HDFS, which does not rename over a file, and in a local folder, with
 * {@link LocalCommitLock}. On object stores they are not: several applications that write there at
 * the same time need a catalog with a server.
 */
final class EmbeddedCatalog {
  private static final String MARK = "syscall-anomaly";

  private EmbeddedCatalog() {}

  /**
   * Defines the catalog, unless the session's configuration does.
   *
   * @throws IllegalStateException if the session already has it at another location: Spark keeps a
   *     catalog once it is in use
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
   * Whether a session's tables lie in the embedded catalog where two applications that commit at
   * the same time can lose rows: on an object store, whose files appear when they are closed and
   * whose renames are copies.
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
        // Rows that another application has just written are seen at once.
        key + ".cache-enabled",
        "false",
        key + ".defined-by",
        MARK);
  }
}
