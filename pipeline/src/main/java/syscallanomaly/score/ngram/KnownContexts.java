package syscallanomaly.score.ngram;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The contexts of a call that a model knows, of two symbols or more, while contexts and calls are
 * read in the order of their reversed contexts ({@link GramBytes#reversed}). In this order all
 * contexts that a call has were read before the call, and those that are no longer needed are
 * forgotten. So at most one context of each order is in memory.
 */
final class KnownContexts {
  /** Number of symbols in the shortest context that is kept here. */
  static final int SHORTEST = 2;

  /** From the shortest to the longest; the reversed bytes of each begin with those before. */
  private final Deque<Context> contexts = new ArrayDeque<>();

  private record Context(byte[] reversed, int[] followers, long[] counts, long total) {
    boolean endsAlso(byte[] other) {
      return reversed.length <= other.length
          && Arrays.equals(reversed, 0, reversed.length, other, 0, reversed.length);
    }

    long count(int call) {
      int found = Arrays.binarySearch(followers, call);
      return found < 0 ? 0 : counts[found];
    }
  }

  void clear() {
    contexts.clear();
  }

  /**
   * Adds the next context.
   *
   * @param followers the calls that follow the context, ascending
   * @param counts how often each does
   */
  void add(byte[] reversed, int[] followers, long[] counts) {
    forgetOthers(reversed);
    contexts.addLast(new Context(reversed, followers, counts, Arrays.stream(counts).sum()));
  }

  /**
   * Gives the counts of a call to a likelihood that has taken those of the orders below {@value
   * #SHORTEST}, all of them.
   *
   * @param reversed the longest context of the call, reversed
   */
  void countsOf(int call, byte[] reversed, CallLikelihood likelihood) {
    forgetOthers(reversed);
    // A model that knows a context knows every shorter end of it, so no order is missing.
    for (Context context : contexts) {
      likelihood.order(context.count(call), context.total(), context.followers().length);
    }
  }

  private void forgetOthers(byte[] reversed) {
    while (!contexts.isEmpty() && !contexts.getLast().endsAlso(reversed)) {
      contexts.removeLast();
    }
  }
}
