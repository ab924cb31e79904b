package syscallanomaly.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Cuts traces that are sorted by length, the longest first, into batches. A batch ends when it has
 * the largest number of rows, or when one more row would exceed the bound on its cells, which are
 * rows times longest trace. A trace longer than the bound is a batch of its own.
 *
 * <p>The plan has an entry wherever the number of rows changes. It is small, no matter how many
 * traces there are.
 */
final class BatchPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] firstTraces;
  private final long[] firstBatches;
  private final int[] rows;

  private BatchPlan(List<long[]> entries) {
    firstTraces = entries.stream().mapToLong(entry -> entry[0]).toArray();
    firstBatches = entries.stream().mapToLong(entry -> entry[1]).toArray();
    rows = entries.stream().mapToInt(entry -> (int) entry[2]).toArray();
  }

  /**
   * Plans the batches.
   *
   * @param tracesOfLength number of traces of each length, at least 1; lengths in calls, at least 0
   * @param mostRows largest number of traces in a batch, at least 1
   * @param mostCells bound on rows times longest trace of a batch with more than one trace
   */
  static BatchPlan of(NavigableMap<Integer, Long> tracesOfLength, int mostRows, long mostCells) {
    List<long[]> entries = new ArrayList<>();
    long begin = 0;
    long batch = 0;
    long before = 0;
    long rows = 0;
    for (var length : tracesOfLength.descendingMap().entrySet()) {
      long end = before + length.getValue();
      if (begin < end) {
        long cells = Math.max(1, length.getKey());
        long fitting = Math.max(1, Math.min(mostRows, mostCells / cells));
        if (fitting != rows) {
          rows = fitting;
          entries.add(new long[] {begin, batch, rows});
        }
        long batches = (end - begin + rows - 1) / rows;
        begin += batches * rows;
        batch += batches;
      }
      before = end;
    }
    return new BatchPlan(entries);
  }

  /**
   * Number of the batch that a trace is in, from 0.
   *
   * @param trace place of the trace among all, sorted by length, from 0
   */
  long batchOf(long trace) {
    int low = 0;
    int high = firstTraces.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstTraces[middle] <= trace) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return firstBatches[low] + (trace - firstTraces[low]) / rows[low];
  }
}
