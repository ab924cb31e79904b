package syscallanomaly.score.containment;

import java.util.Arrays;

/**
 * What other traces are compared with, of a normal trace.
 *
 * @param traceId name of the trace
 * @param fold fold of the trace
 * @param calls distinct calls, ascending; at least one
 * @param counts how often the trace holds each of them, 1 to {@link LogCounts#MOST}; a higher count
 *     counts as that
 * @param pairs distinct pairs of neighbouring calls, ascending, see {@link NGrams#pair}
 */
record Reference(String traceId, int fold, int[] calls, int[] counts, long[] pairs) {
  /**
   * Reduces a trace.
   *
   * @param calls all calls of the trace, in order; at least one
   */
  static Reference of(String traceId, int fold, int[] calls) {
    int[] distinct = calls.clone();
    Arrays.sort(distinct);
    int[] counts = new int[distinct.length];
    int kept = 0;
    for (int call : distinct) {
      if (kept == 0 || distinct[kept - 1] != call) {
        distinct[kept++] = call;
      }
      counts[kept - 1] = Math.min(LogCounts.MOST, counts[kept - 1] + 1);
    }
    return new Reference(
        traceId,
        fold,
        Arrays.copyOf(distinct, kept),
        Arrays.copyOf(counts, kept),
        NGrams.pairs(calls));
  }

  /** The calls as the numbers of n-grams of one call. */
  long[] grams() {
    return Arrays.stream(calls).asLongStream().toArray();
  }
}
