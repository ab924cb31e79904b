package syscallanomaly.score.ngram;

import java.util.Arrays;
import syscallanomaly.score.GramCounts;

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

  /**
   * The bytes of an n-gram whose symbols come in the opposite order. Where a context ends with
   * another one, its reversed bytes begin with the reversed bytes of the other one. So a shorter
   * context sorts before all longer ones that end with it, and nothing else comes between them.
   */
  static byte[] reversed(int[] symbols) {
    int[] reversed = new int[symbols.length];
    for (int i = 0; i < symbols.length; i++) {
      reversed[i] = symbols[symbols.length - 1 - i];
    }
    return GramCounts.gram(reversed, 0, reversed.length);
  }

  /** The first symbol of an n-gram of at least one symbol. */
  static int first(byte[] gram) {
    return symbols(head(gram, 1))[0];
  }

  /** The bytes of the first symbols of an n-gram, or all of them if it has fewer. */
  static byte[] head(byte[] gram, int symbols) {
    return Arrays.copyOf(gram, end(gram, symbols));
  }

  private static int end(byte[] gram, int symbols) {
    int end = 0;
    for (int found = 0; end < gram.length && found < symbols; end++) {
      found += gram[end] >= 0 ? 1 : 0;
    }
    return end;
  }
}
