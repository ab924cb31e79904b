package syscallanomaly.score.ngram;

import java.io.Serializable;

/**
 * Says how the n-gram detectors judge traces.
 *
 * @param orders number of calls in the longest n-gram, at least 2 and at most {@value
 *     #MOST_ORDERS}: a call's probability depends on at most {@code orders} - 1 calls before it
 * @param window number of consecutive calls whose lowest mean is the score of {@code ngram-window}
 *     and {@code ngram-ratio}, at least 1
 * @param last number of calls at the end of a trace whose mean is the score of {@code
 *     ngram-ratio-end}, at least 1
 * @param discount what absolute discounting takes from each count of a bigram, above 0 and below 1
 */
public record NGramSettings(int orders, int window, int last, double discount)
    implements Serializable {
  /**
   * The settings that were best for ADFA-LD. The scores hardly change with a window of 60 to 150
   * calls.
   */
  public static final NGramSettings DEFAULT = new NGramSettings(10, 100, 50, 0.9);

  private static final int MOST_ORDERS = 100;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public NGramSettings {
    require(orders >= 2 && orders <= MOST_ORDERS, "orders", orders, "2 to " + MOST_ORDERS);
    require(window >= 1, "window", window, "at least 1");
    require(last >= 1, "last", last, "at least 1");
    require(discount > 0 && discount < 1, "discount", discount, "above 0 and below 1");
  }

  private static void require(boolean valid, String name, Number value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(
          "Cannot use n-gram detectors with %s = %s: it must be %s".formatted(name, value, range));
    }
  }
}
