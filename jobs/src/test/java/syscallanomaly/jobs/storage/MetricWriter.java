package syscallanomaly.jobs.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.warehouse.MetricTables;
import syscallanomaly.warehouse.RunRow;
import syscallanomaly.warehouse.WarehouseSettings;

/**
 * An application that writes runs into the metric tables; Spark's options are system properties.
 */
final class MetricWriter {
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

  private MetricWriter() {}

  /** Arguments: location of the tables, prefix of the runs, their number, file to start with. */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[2]);
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      MetricTables tables =
          MetricTables.open(
              spark, new WarehouseSettings("syscall", "syscall_anomaly", arguments[0]));
      System.out.println("ready");
      while (!Files.exists(Path.of(arguments[3]))) {
        LockSupport.parkNanos(POLL);
      }
      for (int i = 0; i < runs; i++) {
        String run = arguments[1] + i;
        tables.replaceRun(
            run, new RunRow(Instant.EPOCH, null, "running", "{}", "", "", "", 1, "", 1));
        tables.replaceRun(
            run, new RunRow(Instant.EPOCH, null, "succeeded", "{}", "", "", "", 1, "", 1));
      }
    }
  }
}
