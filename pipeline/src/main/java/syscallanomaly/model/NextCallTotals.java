package syscallanomaly.model;

import java.io.Serializable;

/**
 * Sums over windows whose last call was predicted, each window with its multiplicity.
 *
 * @param windows number of windows
 * @param loss sum of the negative log-likelihoods, nats
 * @param correct windows whose last call was the most probable one
 */
public record NextCallTotals(double windows, double loss, double correct) implements Serializable {
  static final NextCallTotals NONE = new NextCallTotals(0, 0, 0);

  NextCallTotals plus(NextCallTotals other) {
    return new NextCallTotals(windows + other.windows, loss + other.loss, correct + other.correct);
  }

  /** Nats a window; not a number where there was none. */
  public double meanLoss() {
    return loss / windows;
  }

  /** Share of correct windows, 0..1; not a number where there was none. */
  public double accuracy() {
    return correct / windows;
  }
}
