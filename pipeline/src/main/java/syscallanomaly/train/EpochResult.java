package syscallanomaly.train;

import syscallanomaly.table.Column;

/** The result of one epoch of training. It is a row of the {@code epochs} table. */
public record EpochResult(
    @Column(comment = "Number of the epoch, counted from 1.") int epoch,
    @Column(
            comment =
                "Mean negative log-likelihood of the calls that came, in nats per prediction, over"
                    + " the epoch's mini-batches as training met them, with dropout; at least 0.")
        double loss,
    @Column(
            comment =
                "Share of the predictions, 0 to 1, whose most probable call came, over the same"
                    + " mini-batches.")
        double accuracy,
    @Column(
            comment =
                "Mean negative log-likelihood of the calls that came, in nats per prediction, on the"
                    + " held-out sequences after the epoch; at least 0.",
            formerly = "validation_loss")
        double heldOutLoss,
    @Column(
            comment =
                "Share of the predictions, 0 to 1, whose most probable call came, on the held-out"
                    + " sequences after the epoch.",
            formerly = "validation_accuracy")
        double heldOutAccuracy,
    @Column(
            comment =
                "Wall-clock time that training took in the epoch, in seconds; evaluation on the"
                    + " held-out sequences is not counted.")
        double seconds,
    @Column(
            comment =
                "Predictions that training made in a second: one for each window, one for each call"
                    + " of a whole trace. Where equal windows or traces are trained on once, with a"
                    + " weight, they count once.",
            formerly = "windows_per_second")
        double predictionsPerSecond,
    @Column(comment = "How often the workers' parameters were averaged in the epoch.")
        long averagingRounds,
    @Column(comment = "Whether the parameters after this epoch are the run's model.")
        boolean kept) {

  /** This result with {@link #kept} as given. */
  EpochResult withKept(boolean value) {
    return new EpochResult(
        epoch,
        loss,
        accuracy,
        heldOutLoss,
        heldOutAccuracy,
        seconds,
        predictionsPerSecond,
        averagingRounds,
        value);
  }
}
