package syscallanomaly.evaluate;

import syscallanomaly.trace.Split;

/**
 * How well the model predicts the next call of a split's windows, or every call of its traces; a
 * row of the {@code next_call} table.
 *
 * @param predictions number of predictions: one for each window, or one for each call of whole
 *     traces
 * @param loss their mean negative log-likelihood, nats
 * @param accuracy share of them that had the highest probability
 * @param top5Accuracy share of them that were among the five most probable
 */
public record NextCall(
    Split split, long predictions, double loss, double accuracy, double top5Accuracy) {

  /** {@code exp(loss)}: the number of equally likely calls that would be as hard to predict. */
  public double perplexity() {
    return Math.exp(loss);
  }
}
