package syscallanomaly.window;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.trace.TraceColumns.ORDINAL;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the trace in which a given window of the corpus lies, counting windows trace by trace. Sums
 * over blocks of traces come to the driver, then the traces of a single block.
 */
final class CumulativeWindows {
  private static final int TRACES_IN_BLOCK = 10_000;

  private final Dataset<Row> counted;

  /**
   * @param counted {@code ordinal} long and {@code windows} long, a row a trace
   */
  CumulativeWindows(Dataset<Row> counted) {
    this.counted = counted;
  }

  /** A trace and the number of windows in all traces before it. */
  record Place(long ordinal, long windowsBefore) {}

  /** Number of windows in all traces. */
  long total() {
    Row total = counted.agg(sum("windows")).head();
    return total.isNullAt(0) ? 0 : total.getLong(0);
  }

  /**
   * The trace that holds the window with this number, from 0 in trace order; empty where the corpus
   * has fewer windows.
   */
  Optional<Place> traceHolding(long window) {
    List<Row> blocks =
        counted
            .groupBy(col(ORDINAL).divide(TRACES_IN_BLOCK).cast(DataTypes.LongType).as(ORDINAL))
            .agg(sum("windows"))
            .orderBy(ORDINAL)
            .collectAsList();
    return holding(window, 0, blocks)
        .flatMap(block -> holding(window, block.windowsBefore(), tracesOf(block.ordinal())));
  }

  private List<Row> tracesOf(long block) {
    long first = block * TRACES_IN_BLOCK;
    return counted
        .where(col(ORDINAL).between(first, first + TRACES_IN_BLOCK - 1))
        .orderBy(ORDINAL)
        .collectAsList();
  }

  private static Optional<Place> holding(long window, long windowsBefore, List<Row> counts) {
    long before = windowsBefore;
    for (Row count : counts) {
      if (before + count.getLong(1) > window) {
        return Optional.of(new Place(count.getLong(0), before));
      }
      before += count.getLong(1);
    }
    return Optional.empty();
  }
}
