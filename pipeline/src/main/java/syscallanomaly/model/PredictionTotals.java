package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serializable;
import java.util.Objects;

/**
 * Sums over predicted calls, the last ones of windows or all of traces. Each prediction counts as
 * often as its window or trace does: in scoring with its multiplicity, in training with its weight.
 *
 * <p>No record, because Kryo, which Spark can be told to use, cannot restore one.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public final class PredictionTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no prediction. */
  public static final PredictionTotals NONE = new PredictionTotals();

  private final double predictions;
  private final double loss;
  private final double correct;

  /** For Jackson, which sets the fields afterwards. */
  private PredictionTotals() {
    this(0, 0, 0);
  }

  /**
   * Sums that are known.
   *
   * @param predictions number of predictions, or sum of their weights
   * @param loss sum of the negative log-likelihoods, nats, each times its weight
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

  /** Sum of the negative log-likelihoods, nats, each times its weight. */
  public double loss() {
    return loss;
  }

  /** Number of predictions whose call was the most probable one, or sum of their weights. */
  public double correct() {
    return correct;
  }

  /** Nats a prediction; not a number where there was none. */
  public double meanLoss() {
    return loss / predictions;
  }

  /** Share of correct predictions, 0..1; not a number where there was none. */
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
