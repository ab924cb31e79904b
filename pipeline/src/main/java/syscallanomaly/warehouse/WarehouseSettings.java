package syscallanomaly.warehouse;

import java.io.Serializable;

/**
 * Where the metric tables are.
 *
 * @param catalog name of the Spark catalog that holds the tables
 * @param namespace namespace of the tables in the catalog
 * @param location folder or URI of the catalog's tables where no other catalog is configured;
 *     empty: {@code warehouse} in the workspace
 */
public record WarehouseSettings(String catalog, String namespace, String location)
    implements Serializable {}
