package syscallanomaly.evaluate;

import syscallanomaly.table.Column;
import syscallanomaly.table.DerivedColumn;
import syscallanomaly.trace.Split;

/**
 * Measures how well the model predicts the last call of a split's windows, or every call of its
 * traces: a row of the {@code next_call} table.
 */
public record NextCall(
    @Column(comment = "Part of the corpus: training, validation or attack.") Split split,
    @Column(
            comment =
                "Number of predictions: one for each window, or, with a model of whole traces, one"
                    + " for each call.",
            formerly = "windows")
        long predictions,
    @Column(
            comment =
                "Mean negative log-likelihood of the calls that came, in nats per prediction; at"
                    + " least 0.")
        double loss,
    @Column(comment = "Share of the predictions, 0 to 1, whose most probable call came.")
        double accuracy,
    @Column(
            comment =
                "Share of the predictions, 0 to 1, in which one of the five most probable calls"
                    + " came.")
        double top5Accuracy) {

  /** Perplexity of the predictions: {@code exp(loss)}, at least 1. */
  @DerivedColumn(
      comment =
          "exp(loss): the number of equally likely calls that would be as hard to predict; at"
              + " least 1.",
      after = "loss")
  public double perplexity() {
    return Math.exp(loss);
  }
}
