package syscallanomaly.score.containment;

import java.util.stream.IntStream;

/** L(n) = log2(1 + n) of the number of times n that a trace holds a call, at most 4. */
final class LogCounts {
  /** The count from which on L does not grow: L(15) = 4. */
  static final int MOST = 15;

  private static final double[] LOGARITHMS =
      IntStream.rangeClosed(0, MOST).mapToDouble(n -> Math.log(1 + n) / Math.log(2)).toArray();

  private LogCounts() {}

  /**
   * L of a count.
   *
   * @param count 0 to {@link #MOST}
   */
  static double of(int count) {
    return LOGARITHMS[count];
  }
}
