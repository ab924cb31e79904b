package syscallanomaly.train.epoch;

import java.io.Serializable;

/**
 * A sequence to train on, with its weight.
 *
 * <p>This is no record because Kryo, which Spark can be configured to use, cannot restore records.
 */
public final class WeightedSequence implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] indices;
  private final float weight;

  /**
   * Creates a sequence with its weight.
   *
   * @param indices vocabulary indices of a window or a whole trace
   * @param weight factor of the sequence's loss; 1 on average over the training set
   */
  public WeightedSequence(int[] indices, float weight) {
    this.indices = indices;
    this.weight = weight;
  }

  /** The vocabulary indices of the window or whole trace. */
  int[] indices() {
    return indices;
  }

  /** The factor of the sequence's loss; 1 on average over the training set. */
  float weight() {
    return weight;
  }
}
