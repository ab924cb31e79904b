package syscallanomaly.evaluate;

import syscallanomaly.trace.Split;

/**
 * How well the model predicts the next call of a split's windows; a row of the {@code next_call}
 * table.
 *
 * @param windows windows scored, each with its multiplicity
 * @param loss mean negative log-likelihood of the last call of a window, nats
 * @param accuracy share of windows whose last call had the highest probability
 * @param top5Accuracy share of windows whose last call was among the five most probable
 */
public record NextCall(
    Split split, long windows, double loss, double accuracy, double top5Accuracy) {

  /** {@code exp(loss)}: the number of equally likely calls that would be as hard to predict. */
  public double perplexity() {
    return Math.exp(loss);
  }
}
