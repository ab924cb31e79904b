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
 * Finds the trace that holds a given window of the corpus, by counting windows trace by trace. The
 * driver first collects the sums over blocks of traces, then the traces of a single block.
 */
final class CumulativeWindows {
  private static final int TRACES_IN_BLOCK = 10_000;

  private final Dataset<Row> counted;

  /**
   * Makes the search for a corpus.
   *
   * @param counted one row for each trace, with its {@code ordinal} and its number of {@code
   *     windows}, both bigint
   */
  CumulativeWindows(Dataset<Row> counted) {
    this.counted = counted;
  }

  /**
   * A trace and the number of windows in all traces before it.
   *
   * @param ordinal the trace's place in the corpus, from 0
   * @param windowsBefore number of windows in all earlier traces
   */
  record Place(long ordinal, long windowsBefore) {}

  /** Number of windows in all traces. */
  long total() {
    Row total = counted.agg(sum("windows")).head();
    return total.isNullAt(0) ? 0 : total.getLong(0);
  }

  /**
   * Returns the trace that holds the window with this number; empty if the corpus has fewer
   * windows.
   *
   * @param window the window's number in trace order, from 0
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
