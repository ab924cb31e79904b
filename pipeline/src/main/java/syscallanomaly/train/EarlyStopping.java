package syscallanomaly.train;

/**
 * Stops training when the validation loss no longer falls, and remembers the best epoch (Prechelt:
 * Early stopping - but when?, 1998; the rule is that of Keras).
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

  /** Takes in the validation loss of the next epoch; whether it is the best so far. */
  boolean improvedBy(double validationLoss) {
    epoch++;
    if (validationLoss < best - minDelta || bestEpoch == 0) {
      best = validationLoss;
      bestEpoch = epoch;
    }
    return bestEpoch == epoch;
  }

  boolean shouldStop() {
    return epoch - bestEpoch >= patience;
  }

  /** Number of the best epoch, from 1. */
  int bestEpoch() {
    return bestEpoch;
  }
}
