package syscallanomaly.train;

/** Makes epochs for tests; the one place that gives every component of an {@link EpochResult}. */
public final class EpochResults {
  private EpochResults() {}

  public static EpochResult of(
      int epoch,
      double loss,
      double accuracy,
      double heldOutLoss,
      double heldOutAccuracy,
      double seconds,
      double predictionsPerSecond,
      long averagingRounds,
      boolean kept) {
    return new EpochResult(
        epoch,
        loss,
        accuracy,
        heldOutLoss,
        heldOutAccuracy,
        seconds,
        predictionsPerSecond,
        averagingRounds,
        kept);
  }
}
