package syscallanomaly.train.state;

import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;

/**
 * How far an epoch has come.
 *
 * @param rounds number of averaging rounds that are over
 * @param totals sums over the predictions of the finished rounds
 * @param time where the time of the finished rounds went
 * @param seconds wall-clock time of the epoch so far, in seconds
 * @param averaged number of finished rounds whose parameters count in the epoch's model
 * @param parameterSum sum of the parameters that count, as single-precision bytes in this machine's
 *     order; empty if {@code averaged} is 0
 */
public record EpochInProgress(
    int rounds,
    PredictionTotals totals,
    TimeBreakdown time,
    double seconds,
    int averaged,
    byte[] parameterSum) {
  /** An epoch that has not begun. */
  static final EpochInProgress NONE =
      new EpochInProgress(0, PredictionTotals.NONE, TimeBreakdown.NONE, 0, 0, new byte[0]);
}
