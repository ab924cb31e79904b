package syscallanomaly.train;

/**
 * What one epoch of training came to; a row of the {@code epochs} table.
 *
 * @param epoch from 1
 * @param loss mean negative log-likelihood in nats over the epoch's mini-batches, as they were met
 *     (with dropout)
 * @param accuracy share of next calls that had the highest probability, over the same mini-batches
 * @param heldOutLoss mean negative log-likelihood in nats on the held-out windows or traces, after
 *     the epoch
 * @param heldOutAccuracy likewise the accuracy
 * @param seconds wall-clock time of the training part, validation not counted
 * @param predictionsPerSecond calls predicted in training in a second: one a window, every call of
 *     a whole trace; with distinct windows or traces, of these
 * @param averagingRounds how often the workers' parameters were averaged
 * @param kept whether this epoch's parameters are the model
 */
public record EpochResult(
    int epoch,
    double loss,
    double accuracy,
    double heldOutLoss,
    double heldOutAccuracy,
    double seconds,
    double predictionsPerSecond,
    long averagingRounds,
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
