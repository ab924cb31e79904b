package syscallanomaly.jobs.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.window.RandomHash;
import syscallanomaly.window.TrainingWindows;
import syscallanomaly.window.WindowCutter;

/**
 * Windows to measure with, drawn at random and kept on the workers.
 *
 * @param windows columns {@code index}, {@code window} and {@code multiplicity}
 * @param size rows of it, at least 1
 * @param occurrences sum of the multiplicities
 */
record WindowSample(Dataset<Row> windows, long size, long occurrences) implements AutoCloseable {

  /**
   * Draws windows.
   *
   * @param size about how many; all where there are fewer
   * @param seed decides which
   * @throws UnusableInputException where none comes out
   */
  static WindowSample of(Dataset<Row> all, long size, long seed) {
    double share = (double) size / Math.max(1, all.count());
    UDF1<Long, Boolean> drawn = index -> RandomHash.unit(seed, index) < share;
    Dataset<Row> windows =
        all.where(udf(drawn, DataTypes.BooleanType).apply(col(WindowCutter.INDEX)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row totals = windows.agg(count(lit(1)), sum(TrainingWindows.MULTIPLICITY)).head();
    if (totals.getLong(0) == 0) {
      throw new UnusableInputException(
          "Cannot measure: no training windows; give longer or more traces, or change windows.length or benchmark.windows");
    }
    return new WindowSample(windows, totals.getLong(0), totals.getLong(1));
  }

  @Override
  public void close() {
    windows.unpersist();
  }
}
