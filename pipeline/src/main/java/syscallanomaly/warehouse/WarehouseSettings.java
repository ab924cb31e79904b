package syscallanomaly.warehouse;

/**
 * Says where the metric tables are.
 *
 * @param catalog name of a Spark catalog. If the session's configuration defines {@code
 *     spark.sql.catalog.<name>}, that catalog is used. Otherwise an embedded Hadoop catalog is
 *     used.
 * @param namespace namespace of the tables in the catalog; a dot separates levels
 * @param location folder or Hadoop URI of the embedded catalog; a configured catalog ignores it
 */
public record WarehouseSettings(String catalog, String namespace, String location) {}
