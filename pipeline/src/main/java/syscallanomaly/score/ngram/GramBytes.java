package syscallanomaly.score.ngram;

import java.util.Arrays;

/** Start symbols, and n-grams that are written as {@link syscallanomaly.score.GramCounts#gram}. */
final class GramBytes {
  /** Stands before the first call of a trace, as often as an n-gram needs. No call is negative. */
  static final int START = -1;

  private GramBytes() {}

  /** A trace after so many start symbols that a longest n-gram ends at each of its calls. */
  static int[] padded(int[] calls, int orders) {
    int[] padded = new int[orders - 1 + calls.length];
    Arrays.fill(padded, 0, orders - 1, START);
    System.arraycopy(calls, 0, padded, orders - 1, calls.length);
    return padded;
  }

  /** The calls and start symbols of an n-gram. */
  static int[] symbols(byte[] gram) {
    int[] symbols = new int[gram.length];
    int length = 0;
    int shift = 0;
    for (byte part : gram) {
      symbols[length] |= (part & 0x7f) << shift;
      shift += 7;
      if (part >= 0) {
        length++;
        shift = 0;
      }
    }
    return Arrays.copyOf(symbols, length);
  }
}
