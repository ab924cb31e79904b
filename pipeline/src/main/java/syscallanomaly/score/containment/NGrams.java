package syscallanomaly.score.containment;

import java.util.Arrays;

/**
 * Writes n-grams of one or two calls as numbers. Different n-grams of a length have different
 * numbers.
 */
final class NGrams {
  private static final long LOW_BITS = 0xFFFFFFFFL;

  private NGrams() {}

  /** The number of two calls in this order. */
  static long pair(int first, int second) {
    return ((long) first << Integer.SIZE) | (second & LOW_BITS);
  }

  /**
   * The distinct pairs of neighbouring calls of a trace, ascending; none if the trace has one call.
   */
  static long[] pairs(int[] calls) {
    long[] pairs = new long[Math.max(0, calls.length - 1)];
    Arrays.setAll(pairs, i -> pair(calls[i], calls[i + 1]));
    return distinct(pairs);
  }

  /**
   * Keeps each number once.
   *
   * @param numbers any numbers; this method sorts them
   * @return the distinct ones, ascending
   */
  static long[] distinct(long[] numbers) {
    Arrays.sort(numbers);
    int kept = 0;
    for (long number : numbers) {
      if (kept == 0 || numbers[kept - 1] != number) {
        numbers[kept++] = number;
      }
    }
    return Arrays.copyOf(numbers, kept);
  }
}
