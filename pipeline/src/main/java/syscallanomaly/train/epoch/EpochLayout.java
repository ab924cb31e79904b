package syscallanomaly.train.epoch;

import java.io.Serializable;

/**
 * Says which update, worker and round a place in the epoch belongs to.
 *
 * <p>In an update each worker trains on one mini-batch. A round is made up of consecutive updates.
 * No update has more sequences than asked for, and no round more updates. What does not divide
 * evenly is spread: the updates of an epoch differ by one sequence at most, the workers of an
 * update by one sequence, and the rounds of an epoch by one update. So no round rests on a few
 * sequences that were left over.
 *
 * @param examples number of sequences in the epoch, at least 1
 * @param workers number of workers, at least 1
 * @param batchSize largest number of sequences in an update of all workers together, at least 1
 * @param averagingFrequency largest number of updates in a round, at least 1
 */
record EpochLayout(long examples, int workers, int batchSize, int averagingFrequency)
    implements Serializable {

  /** Number of updates in the epoch, at least 1. */
  long updates() {
    return roundedUp(examples, batchSize);
  }

  /** Number of rounds in the epoch, at least 1. */
  int rounds() {
    return Math.toIntExact(roundedUp(updates(), averagingFrequency));
  }

  /** Number of the update that trains on a place's sequence, from 0. */
  long updateOf(long place) {
    return sequences().partOf(place);
  }

  /** Number of the worker that trains on a place's sequence, from 0. */
  int workerOf(long place) {
    long update = updateOf(place);
    EvenShares ofWorkers = new EvenShares(sequences().sizeOf(update), workers);
    return (int) ofWorkers.partOf(place - sequences().firstOf(update));
  }

  /** Number of the round that trains on a place's sequence, from 0. */
  int roundOf(long place) {
    return (int) updatesOfRounds().partOf(updateOf(place));
  }

  /** Number of the first update of a round; for the round after the last, the number of updates. */
  long firstUpdateOf(int round) {
    return updatesOfRounds().firstOf(round);
  }

  /** The place of a round's first sequence; for the round after the last, the number of places. */
  long firstPlaceOf(int round) {
    return sequences().firstOf(firstUpdateOf(round));
  }

  /** How the places are dealt out to updates. */
  EvenShares sequences() {
    return new EvenShares(examples, updates());
  }

  private EvenShares updatesOfRounds() {
    return new EvenShares(updates(), rounds());
  }

  private static long roundedUp(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
