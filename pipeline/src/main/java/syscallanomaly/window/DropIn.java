package syscallanomaly.window;

import java.io.Serializable;

/**
 * Random duplication of training windows, the inverse of dropout: each window stands 0 to {@code
 * maxCopies} times, every number equally likely.
 *
 * @param maxCopies largest number of copies, at least 1
 */
public record DropIn(boolean enabled, int maxCopies) implements Serializable {

  /**
   * How often a window stands in the training set: 1 where drop-in is off.
   *
   * @param index the window's number in the corpus; the same seed and index give the same copies
   */
  public int copies(long seed, long index) {
    return enabled ? RandomHash.below(maxCopies + 1, seed, index) : 1;
  }
}
