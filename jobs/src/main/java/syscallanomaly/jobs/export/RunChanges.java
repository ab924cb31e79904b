package syscallanomaly.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import syscallanomaly.jobs.configuration.ExportSettings;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;

/**
 * Finds the runs that an export is about. Every job that works on a run writes its row of the table
 * {@code runs} when it ends, so a run that has changed has another row there.
 */
final class RunChanges {
  private static final String RUNNING = "running";

  /** What tells that a run has changed. Times are microseconds since 1970. */
  private record State(String status, Long startedAt, Long finishedAt, String settings) {}

  private final MetricTables tables;

  RunChanges(MetricTables tables) {
    this.tables = tables;
  }

  /**
   * Returns the names of the runs, sorted. Only their names and states come to the driver.
   *
   * @param runs as {@link ExportSettings#runs} says
   * @param exported the table {@code runs} of the database
   * @throws UnusableInputException if a run is named that the metric tables do not have
   */
  List<String> find(String runs, ExportedTable exported, Connection connection)
      throws SQLException {
    Map<String, State> present = present();
    if (runs.equals(ExportSettings.ALL)) {
      return present.keySet().stream().sorted().toList();
    }
    if (runs.equals(ExportSettings.CHANGED)) {
      Map<String, State> former = former(exported, connection);
      return present.entrySet().stream()
          .filter(
              run ->
                  RUNNING.equals(run.getValue().status())
                      || !run.getValue().equals(former.get(run.getKey())))
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }
    if (!present.containsKey(runs)) {
      throw new UnusableInputException(
          "Cannot export run %s: the metric tables have no such run; set export.runs to changed, all or the name of a run"
              .formatted(runs));
    }
    return List.of(runs);
  }

  private Map<String, State> present() {
    Map<String, State> states = new HashMap<>();
    for (Row row :
        tables
            .table(MetricTable.RUNS)
            .select(
                col(MetricTable.RUN_ID),
                col("status"),
                unix_micros(col("started_at")),
                unix_micros(col("finished_at")),
                functions.concat_ws(" ", col("config_hash"), col("input_fingerprint")))
            .collectAsList()) {
      states.put(
          row.getString(0),
          new State(row.getString(1), (Long) row.get(2), (Long) row.get(3), row.getString(4)));
    }
    return states;
  }

  private static Map<String, State> former(ExportedTable exported, Connection connection)
      throws SQLException {
    Map<String, State> states = new HashMap<>();
    String micros = "(extract(epoch from %s) * 1000000)::bigint";
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT run_id, status, %s, %s, concat_ws(' ', config_hash, input_fingerprint) FROM %s"
                    .formatted(
                        micros.formatted("started_at"),
                        micros.formatted("finished_at"),
                        exported.name()))) {
      while (rows.next()) {
        states.put(
            rows.getString(1),
            new State(
                rows.getString(2),
                rows.getObject(3, Long.class),
                rows.getObject(4, Long.class),
                rows.getString(5)));
      }
    }
    return states;
  }
}
