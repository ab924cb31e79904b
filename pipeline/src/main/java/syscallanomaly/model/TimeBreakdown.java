package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serializable;
import java.util.Objects;

/**
 * Where the time of training or scoring went, in seconds: what all workers computed, added up, and
 * what the wall clock showed of averaging rounds.
 *
 * <p>There are two ways to combine breakdowns. {@link #then} is for work that came one after the
 * other, such as two rounds: every figure is added. {@link #beside} is for workers of the same
 * round, which run at the same time: what they computed is added, but the round lasts as long as
 * its slowest worker, so of everything by the wall clock the maximum counts.
 *
 * <p>Scoring has no rounds; there only {@link #computeSeconds} and {@link #productSeconds} are
 * known. No record, because Kryo, which Spark can be told to use, cannot restore one.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public final class TimeBreakdown implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double NANOS = 1e9;

  /** No work. */
  public static final TimeBreakdown NONE = new TimeBreakdown();

  private final double computeSeconds;
  private final double productSeconds;
  private final long rounds;
  private final double roundSeconds;
  private final double slowestComputeSeconds;
  private final double broadcastSeconds;
  private final double aggregateSeconds;

  /** For Jackson, which sets the fields afterwards. */
  private TimeBreakdown() {
    this(0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * A breakdown of times that are known.
   *
   * @param computeSeconds in mini-batches, summed over workers
   * @param productSeconds the part of it in the LSTM layers' matrix products
   * @param rounds number of averaging rounds
   * @param roundSeconds wall-clock time of the rounds
   * @param slowestComputeSeconds compute time of each round's slowest worker, summed over rounds
   * @param broadcastSeconds time to pack and take in what each round begins with
   * @param aggregateSeconds time to pack and add what each round ends with
   */
  public TimeBreakdown(
      double computeSeconds,
      double productSeconds,
      long rounds,
      double roundSeconds,
      double slowestComputeSeconds,
      double broadcastSeconds,
      double aggregateSeconds) {
    this.computeSeconds = computeSeconds;
    this.productSeconds = productSeconds;
    this.rounds = rounds;
    this.roundSeconds = roundSeconds;
    this.slowestComputeSeconds = slowestComputeSeconds;
    this.broadcastSeconds = broadcastSeconds;
    this.aggregateSeconds = aggregateSeconds;
  }

  /** What a worker computed outside of rounds, in nanoseconds. */
  static TimeBreakdown ofCompute(long computeNanos, long productNanos) {
    return new TimeBreakdown(computeNanos / NANOS, productNanos / NANOS, 0, 0, 0, 0, 0);
  }

  /**
   * What one worker did in a round, in nanoseconds: of itself alone, it is the slowest.
   *
   * @param receiveNanos time to take in the parameters that the round begins with
   */
  public static TimeBreakdown ofWorker(long receiveNanos, long computeNanos, long productNanos) {
    double compute = computeNanos / NANOS;
    return new TimeBreakdown(compute, productNanos / NANOS, 0, 0, compute, receiveNanos / NANOS, 0);
  }

  /** A part of a round: packing, in nanoseconds, what the round begins with. */
  public static TimeBreakdown ofBroadcast(long nanos) {
    return new TimeBreakdown(0, 0, 0, 0, 0, nanos / NANOS, 0);
  }

  /** A part of a round: packing or adding, in nanoseconds, what workers hand back. */
  public static TimeBreakdown ofAggregation(long nanos) {
    return new TimeBreakdown(0, 0, 0, 0, 0, 0, nanos / NANOS);
  }

  /** A round as the driver saw it, from its beginning to its end, in nanoseconds. */
  public static TimeBreakdown ofRound(long nanos) {
    return new TimeBreakdown(0, 0, 1, nanos / NANOS, 0, 0, 0);
  }

  /** This and what came after it: every figure is added. */
  public TimeBreakdown then(TimeBreakdown next) {
    return new TimeBreakdown(
        computeSeconds + next.computeSeconds,
        productSeconds + next.productSeconds,
        rounds + next.rounds,
        roundSeconds + next.roundSeconds,
        slowestComputeSeconds + next.slowestComputeSeconds,
        broadcastSeconds + next.broadcastSeconds,
        aggregateSeconds + next.aggregateSeconds);
  }

  /**
   * This and what other workers did in the same round: compute and products are added, of all else
   * the maximum counts.
   */
  public TimeBreakdown beside(TimeBreakdown other) {
    return new TimeBreakdown(
        computeSeconds + other.computeSeconds,
        productSeconds + other.productSeconds,
        Math.max(rounds, other.rounds),
        Math.max(roundSeconds, other.roundSeconds),
        Math.max(slowestComputeSeconds, other.slowestComputeSeconds),
        Math.max(broadcastSeconds, other.broadcastSeconds),
        Math.max(aggregateSeconds, other.aggregateSeconds));
  }

  /** Seconds in mini-batches or batches, summed over all workers. */
  public double computeSeconds() {
    return computeSeconds;
  }

  /**
   * The part of {@link #computeSeconds} in the LSTM layers' matrix products; 0 where DL4J's own
   * layers computed, which do not measure it.
   */
  public double productSeconds() {
    return productSeconds;
  }

  /** Number of averaging rounds. */
  public long rounds() {
    return rounds;
  }

  /** Wall-clock seconds from the beginning of each round to its end, summed over the rounds. */
  public double roundSeconds() {
    return roundSeconds;
  }

  /** Seconds that each round's slowest worker computed, summed over the rounds. */
  public double slowestComputeSeconds() {
    return slowestComputeSeconds;
  }

  /**
   * Seconds to pack parameters and updater state, and for each round's slowest worker to take them
   * in, summed over the rounds.
   */
  public double broadcastSeconds() {
    return broadcastSeconds;
  }

  /**
   * Seconds for each round's slowest worker to pack its parameters and updater state and to add
   * them to others, and to set the mean, summed over the rounds.
   */
  public double aggregateSeconds() {
    return aggregateSeconds;
  }

  /**
   * Seconds of the rounds that are left: to schedule the tasks, read and expand their windows or
   * traces, and send parameters and results.
   */
  public double otherSeconds() {
    return roundSeconds - slowestComputeSeconds - broadcastSeconds - aggregateSeconds;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeBreakdown that
        && computeSeconds == that.computeSeconds
        && productSeconds == that.productSeconds
        && rounds == that.rounds
        && roundSeconds == that.roundSeconds
        && slowestComputeSeconds == that.slowestComputeSeconds
        && broadcastSeconds == that.broadcastSeconds
        && aggregateSeconds == that.aggregateSeconds;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        computeSeconds,
        productSeconds,
        rounds,
        roundSeconds,
        slowestComputeSeconds,
        broadcastSeconds,
        aggregateSeconds);
  }

  @Override
  public String toString() {
    return "compute %s s (products %s s); %d rounds of %s s: slowest compute %s s, broadcast %s s, aggregate %s s"
        .formatted(
            computeSeconds,
            productSeconds,
            rounds,
            roundSeconds,
            slowestComputeSeconds,
            broadcastSeconds,
            aggregateSeconds);
  }
}
