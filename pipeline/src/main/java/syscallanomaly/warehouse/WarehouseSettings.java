package syscallanomaly.warehouse;

/**
 * Where the metric tables are.
 *
 * @param catalog name of a Spark catalog; where the session's configuration defines {@code
 *     spark.sql.catalog.<name>}, that one is used, and otherwise an embedded Hadoop catalog
 * @param namespace namespace of the tables in the catalog; a dot separates levels
 * @param location folder or Hadoop URI of the embedded catalog; not used with a configured one
 */
public record WarehouseSettings(String catalog, String namespace, String location) {}
