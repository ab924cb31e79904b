package syscallanomaly.warehouse;

import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;

/**
 * The Iceberg catalog of a session that has none: a folder on any Hadoop file system, with no
 * server behind it.
 *
 * <p>Its commits are atomic where renames are (local folders, HDFS). On object stores they are not:
 * several applications that write there at the same time need a catalog of their own.
 */
final class EmbeddedCatalog {
  private static final String MARK = "syscall-anomaly";

  private EmbeddedCatalog() {}

  /**
   * Defines the catalog, unless the session's configuration does.
   *
   * @throws IllegalStateException if the session already has it at another location: Spark keeps a
   *     catalog once it is in use
   */
  static void define(RuntimeConfig session, WarehouseSettings settings) {
    String key = "spark.sql.catalog." + settings.catalog();
    if (!session.contains(key)) {
      entries(settings).forEach(session::set);
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

  static Map<String, String> entries(WarehouseSettings settings) {
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
