package syscallanomaly.train.epoch;

import java.io.Serializable;

/**
 * A window or whole trace to train on. No record, because Kryo, which Spark can be told to use,
 * cannot restore one.
 */
public final class WeightedSequence implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] window;
  private final float weight;

  /**
   * A window or whole trace with its weight.
   *
   * @param window vocabulary indices
   * @param weight of its loss; 1 on average over the training set
   */
  public WeightedSequence(int[] window, float weight) {
    this.window = window;
    this.weight = weight;
  }

  /** The window or whole trace, vocabulary indices. */
  int[] window() {
    return window;
  }

  /** Weight of its loss; 1 on average over the training set. */
  float weight() {
    return weight;
  }
}
