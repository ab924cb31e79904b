package syscallanomaly.jobs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;
import syscallanomaly.warehouse.WarehouseSettings;

/** Reads the metric tables that a run has left, as someone at the warehouse would. */
public final class WarehouseReader implements AutoCloseable {
  private final SparkSession spark;
  private final MetricTables tables;

  WarehouseReader(Path location) {
    this(location.toString(), Map.of());
  }

  /**
   * @param location folder or URI of the embedded catalog
   * @param options further options of Spark
   */
  public WarehouseReader(String location, Map<String, String> options) {
    this.spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config(new HashMap<>(options))
            .getOrCreate();
    this.tables =
        MetricTables.open(spark, new WarehouseSettings("syscall", "syscall_anomaly", location));
  }

  /** A run's rows of the given columns, in the order of the columns. */
  public List<Row> rows(MetricTable table, String runId, String... columns) {
    return tables
        .table(table)
        .where("run_id = '" + runId + "'")
        .selectExpr(columns)
        .orderBy(columns[0], List.of(columns).subList(1, columns.length).toArray(String[]::new))
        .collectAsList();
  }

  /** The given columns of all runs, in no order. */
  public List<Row> allRuns(MetricTable table, String... columns) {
    return tables.table(table).selectExpr(columns).collectAsList();
  }

  /** The tables. */
  public MetricTables tables() {
    return tables;
  }

  SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    spark.close();
  }
}
