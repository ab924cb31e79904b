package syscallanomaly.train.state;

import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;

/**
 * How far an epoch has come.
 *
 * @param rounds averaging rounds that are over
 * @param totals over the mini-batches of these rounds
 * @param time where the time of these rounds went
 * @param seconds wall-clock time of the epoch so far
 * @param averaged rounds whose parameters count in the epoch's model, so far
 * @param parameterSum sum of their parameters, single precision, as bytes in the order of this
 *     machine; empty as long as there are none
 */
public record EpochInProgress(
    int rounds,
    PredictionTotals totals,
    TimeBreakdown time,
    double seconds,
    int averaged,
    byte[] parameterSum) {
  /** An epoch of which nothing is done yet. */
  static final EpochInProgress NONE =
      new EpochInProgress(0, PredictionTotals.NONE, TimeBreakdown.NONE, 0, 0, new byte[0]);
}
