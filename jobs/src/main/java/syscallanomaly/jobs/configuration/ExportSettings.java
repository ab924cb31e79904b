package syscallanomaly.jobs.configuration;

/**
 * Where the metric tables are exported to, and which runs.
 *
 * @param url JDBC URL of a PostgreSQL database, without a password; empty if none is named
 * @param user user of the database; empty if none is named
 * @param schema schema of the tables in the database
 * @param runs {@link #CHANGED}, {@link #ALL} or the name of one run
 */
public record ExportSettings(String url, String user, String schema, String runs) {
  /** Exports the runs that the database does not have as they are now. */
  public static final String CHANGED = "changed";

  /** Exports all runs. */
  public static final String ALL = "all";
}
