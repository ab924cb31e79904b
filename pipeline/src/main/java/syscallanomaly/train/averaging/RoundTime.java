package syscallanomaly.train.averaging;

import java.io.Serializable;

/**
 * What the wall-clock time of averaging rounds went into, summed over the rounds.
 *
 * @param rounds how many
 * @param seconds from the beginning of each to its end
 * @param computeSeconds of the round's slowest worker in mini-batches
 * @param broadcastSeconds to pack parameters and updater state, and for the slowest worker to take
 *     them in
 * @param aggregateSeconds to pack the workers' parameters and updater states, to add them and to
 *     set their mean
 */
public record RoundTime(
    long rounds,
    double seconds,
    double computeSeconds,
    double broadcastSeconds,
    double aggregateSeconds)
    implements Serializable {
  /** No round. */
  public static final RoundTime NONE = new RoundTime(0, 0, 0, 0, 0);

  RoundTime plus(RoundTime other) {
    return new RoundTime(
        rounds + other.rounds,
        seconds + other.seconds,
        computeSeconds + other.computeSeconds,
        broadcastSeconds + other.broadcastSeconds,
        aggregateSeconds + other.aggregateSeconds);
  }

  /**
   * What is left: to schedule the tasks, read and expand their windows, and send parameters and
   * results.
   */
  public double otherSeconds() {
    return seconds - computeSeconds - broadcastSeconds - aggregateSeconds;
  }
}
