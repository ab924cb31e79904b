/**
 * Keeps the metric tables in Apache Iceberg.
 *
 * <p>Start at {@link syscallanomaly.warehouse.MetricTables}, which opens, migrates and writes them;
 * {@link syscallanomaly.warehouse.MetricTable} lists them. Their columns are declared on the
 * records of their rows, in the packages that compute them. If the user configures no catalog,
 * {@link syscallanomaly.warehouse.EmbeddedCatalog} keeps the tables in a folder.
 */
package syscallanomaly.warehouse;
