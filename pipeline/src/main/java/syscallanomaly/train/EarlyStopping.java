package syscallanomaly.train;

import java.util.List;

/**
 * Stops training when the held-out loss no longer falls, and remembers the best epoch (Prechelt:
 * Early stopping - but when?, 1998). Keras has the same rule.
 */
final class EarlyStopping {
  private final int patience;
  private final double minDelta;
  private double best = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int epoch;

  EarlyStopping(int patience, double minDelta) {
    this.patience = patience;
    this.minDelta = minDelta;
  }

  /** What is known after a training's epochs so far, given in order. */
  static EarlyStopping after(List<EpochResult> epochs, int patience, double minDelta) {
    EarlyStopping stopping = new EarlyStopping(patience, minDelta);
    for (EpochResult epoch : epochs) {
      stopping.takeIn(epoch.heldOutLoss());
    }
    return stopping;
  }

  /**
   * Takes in the held-out loss of the next epoch, and returns whether that epoch is the best so
   * far.
   */
  boolean improvedBy(double heldOutLoss) {
    takeIn(heldOutLoss);
    return bestEpoch == epoch;
  }

  private void takeIn(double heldOutLoss) {
    epoch++;
    if (heldOutLoss < best - minDelta || bestEpoch == 0) {
      best = heldOutLoss;
      bestEpoch = epoch;
    }
  }

  boolean shouldStop() {
    return epoch - bestEpoch >= patience;
  }

  /** Number of the best epoch, from 1. */
  int bestEpoch() {
    return bestEpoch;
  }
}
