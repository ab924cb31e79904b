package syscallanomaly.score.ngram;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import scala.Tuple4;
import scala.Tuple5;

/** How often each call follows one context in the traces of each fold. */
final class ContextCounts {
  private final byte[] context;
  private final boolean[] holders;

  /** The counts of each call by fold. */
  private final NavigableMap<Integer, long[]> counts = new TreeMap<>();

  /**
   * Sums what tasks counted.
   *
   * @param context the context
   * @param folds number of folds
   * @param counted elements of {@link NGramTrie#contexts}, all of this context
   */
  ContextCounts(
      byte[] context, int folds, Iterator<Tuple4<Integer, byte[], int[], long[]>> counted) {
    this.context = context;
    this.holders = new boolean[folds];
    counted.forEachRemaining(
        part -> {
          int fold = part._1();
          holders[fold] = true;
          for (int i = 0; i < part._3().length; i++) {
            counts.computeIfAbsent(part._3()[i], call -> new long[folds])[fold] += part._4()[i];
          }
        });
  }

  /** Number of symbols in the context. */
  int order() {
    return GramBytes.symbols(context).length;
  }

  /** Whether the traces of a fold hold the context. */
  boolean isIn(int fold) {
    return holders[fold];
  }

  /** A row of {@link NGramStatistics} with the counts in all folds. */
  Tuple5<Integer, Integer, byte[], int[], long[]> ofAll() {
    return row(0, ofFolds -> Arrays.stream(ofFolds).sum());
  }

  /** A row of {@link NGramStatistics} with the counts in all folds but one. */
  Tuple5<Integer, Integer, byte[], int[], long[]> without(int fold) {
    return row(fold, ofFolds -> Arrays.stream(ofFolds).sum() - ofFolds[fold]);
  }

  private Tuple5<Integer, Integer, byte[], int[], long[]> row(
      int fold, ToLongFunction<long[]> sum) {
    int[] followers = new int[counts.size()];
    long[] times = new long[counts.size()];
    int size = 0;
    for (Map.Entry<Integer, long[]> follower : counts.entrySet()) {
      long count = sum.applyAsLong(follower.getValue());
      if (count > 0) {
        followers[size] = follower.getKey();
        times[size++] = count;
      }
    }
    return new Tuple5<>(
        fold, order(), context, Arrays.copyOf(followers, size), Arrays.copyOf(times, size));
  }
}
