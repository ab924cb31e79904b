package syscallanomaly.model;

import java.io.Serializable;

/**
 * Sums over predicted calls, the last ones of windows or all of traces, each with the multiplicity
 * of its window or trace.
 *
 * @param predictions number of predictions
 * @param loss sum of the negative log-likelihoods, nats
 * @param correct predictions whose call was the most probable one
 */
public record PredictionTotals(double predictions, double loss, double correct)
    implements Serializable {
  static final PredictionTotals NONE = new PredictionTotals(0, 0, 0);

  PredictionTotals plus(PredictionTotals other) {
    return new PredictionTotals(
        predictions + other.predictions, loss + other.loss, correct + other.correct);
  }

  /** The sums if everything occurred {@code multiplicity} times. */
  PredictionTotals times(long multiplicity) {
    return new PredictionTotals(
        predictions * multiplicity, loss * multiplicity, correct * multiplicity);
  }

  /** Nats a prediction; not a number where there was none. */
  public double meanLoss() {
    return loss / predictions;
  }

  /** Share of correct predictions, 0..1; not a number where there was none. */
  public double accuracy() {
    return correct / predictions;
  }
}
