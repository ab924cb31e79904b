package syscallanomaly.train.state;

import syscallanomaly.train.averaging.BatchTotals;

/**
 * How far an epoch has come.
 *
 * @param rounds averaging rounds that are over
 * @param totals over the mini-batches of these rounds
 * @param seconds wall-clock time that they took
 * @param averaged rounds whose parameters count in the epoch's model, so far
 * @param parameterSum sum of their parameters, single precision, as bytes in the order of this
 *     machine; empty as long as there are none
 */
public record EpochInProgress(
    int rounds, BatchTotals totals, double seconds, int averaged, byte[] parameterSum) {
  /** An epoch of which nothing is done yet. */
  static final EpochInProgress NONE = new EpochInProgress(0, BatchTotals.NONE, 0, 0, new byte[0]);
}
