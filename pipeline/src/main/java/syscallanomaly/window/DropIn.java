package syscallanomaly.window;

import java.io.Serializable;

/**
 * Random duplication of training windows, the inverse of dropout. Each window occurs 0 to {@code
 * maxCopies} times, and every number is equally likely.
 *
 * @param enabled whether windows are duplicated at all
 * @param maxCopies largest number of copies, at least 1
 */
public record DropIn(boolean enabled, int maxCopies) implements Serializable {

  /**
   * Number of times that a window occurs in the training set; 1 if drop-in is off.
   *
   * @param seed seed of the draw
   * @param index the window's number in the corpus; the same seed and index give the same number
   */
  public int copies(long seed, long index) {
    return enabled ? RandomHash.below(maxCopies + 1, seed, index) : 1;
  }
}
