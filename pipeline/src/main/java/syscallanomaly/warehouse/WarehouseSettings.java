package syscallanomaly.warehouse;

/**
 * Says where the metric tables are, and how long their former rows stay.
 *
 * @param catalog name of a Spark catalog. If the session's configuration defines {@code
 *     spark.sql.catalog.<name>}, that catalog is used. Otherwise an embedded Hadoop catalog is
 *     used.
 * @param namespace namespace of the tables in the catalog; a dot separates levels
 * @param location folder or Hadoop URI of the embedded catalog; a configured catalog ignores it
 * @param keepSnapshotsDays days for which the tables keep snapshots of former rows; 0: for ever
 */
public record WarehouseSettings(
    String catalog, String namespace, String location, int keepSnapshotsDays) {
  private static final int WEEK = 7;

  /** Keeps snapshots for a week. */
  public WarehouseSettings(String catalog, String namespace, String location) {
    this(catalog, namespace, location, WEEK);
  }
}
