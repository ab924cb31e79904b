package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serializable;
import java.util.Objects;

/**
 * Sums over predictions. Evaluation counts each prediction as often as its sequence occurs.
 * Training counts it with the sequence's weight.
 *
 * <p>This is no record because Kryo, which Spark can be configured to use, cannot restore records.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public final class PredictionTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The sums over no prediction. */
  public static final PredictionTotals NONE = new PredictionTotals();

  private final double predictions;
  private final double loss;
  private final double correct;

  /** For Jackson, which sets the fields afterwards. */
  private PredictionTotals() {
    this(0, 0, 0);
  }

  /**
   * Creates sums that are known.
   *
   * @param predictions number of predictions, or sum of their weights
   * @param loss sum of weight times negative log-likelihood, in nats
   * @param correct number of predictions whose call was the most probable one, or sum of their
   *     weights
   */
  public PredictionTotals(double predictions, double loss, double correct) {
    this.predictions = predictions;
    this.loss = loss;
    this.correct = correct;
  }

  /** The sums over these predictions and others. */
  public PredictionTotals plus(PredictionTotals other) {
    return new PredictionTotals(
        predictions + other.predictions, loss + other.loss, correct + other.correct);
  }

  /** The sums if everything occurred {@code multiplicity} times. */
  PredictionTotals times(long multiplicity) {
    return new PredictionTotals(
        predictions * multiplicity, loss * multiplicity, correct * multiplicity);
  }

  /** Number of predictions, or sum of their weights. */
  public double predictions() {
    return predictions;
  }

  /** Sum of weight times negative log-likelihood, in nats. */
  public double loss() {
    return loss;
  }

  /** Number of predictions whose call was the most probable one, or sum of their weights. */
  public double correct() {
    return correct;
  }

  /** Mean negative log-likelihood of a prediction, in nats; NaN if there was no prediction. */
  public double meanLoss() {
    return loss / predictions;
  }

  /** Share of correct predictions, 0 to 1; NaN if there was no prediction. */
  public double accuracy() {
    return correct / predictions;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PredictionTotals that
        && predictions == that.predictions
        && loss == that.loss
        && correct == that.correct;
  }

  @Override
  public int hashCode() {
    return Objects.hash(predictions, loss, correct);
  }

  @Override
  public String toString() {
    return "%s predictions, loss %s, %s correct".formatted(predictions, loss, correct);
  }
}
