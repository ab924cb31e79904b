package syscallanomaly.train.averaging;

import java.io.Serializable;

/**
 * How long a worker was at the parts of a round; of several workers, the slowest at each.
 *
 * @param receiveNanos to take in the parameters that the round begins with
 * @param computeNanos in mini-batches
 * @param handBackNanos to pack what it hands back, and to add it to that of others
 */
record WorkerClock(long receiveNanos, long computeNanos, long handBackNanos)
    implements Serializable {
  static final WorkerClock NONE = new WorkerClock(0, 0, 0);

  WorkerClock slowest(WorkerClock other) {
    return new WorkerClock(
        Math.max(receiveNanos, other.receiveNanos),
        Math.max(computeNanos, other.computeNanos),
        Math.max(handBackNanos, other.handBackNanos));
  }

  WorkerClock handedBackSince(long started) {
    return new WorkerClock(receiveNanos, computeNanos, handBackNanos + System.nanoTime() - started);
  }
}
