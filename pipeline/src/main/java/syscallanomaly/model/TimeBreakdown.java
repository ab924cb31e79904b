package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serializable;
import java.util.Objects;

/**
 * Where the time of training or prediction went, in seconds. Compute times are summed over all
 * workers. The times of averaging rounds are wall-clock times.
 *
 * <p>There are two ways to combine breakdowns. {@link #then} is for work that was done in sequence,
 * for instance two rounds: it adds every figure. {@link #beside} is for workers of the same round,
 * which run in parallel: it adds what they computed. But the round lasts as long as its slowest
 * worker, so {@code beside} takes the maximum of every wall-clock time.
 *
 * <p>Prediction has no rounds, so that only {@link #computeSeconds} and {@link #productSeconds} are
 * known.
 *
 * <p>This is no record because Kryo, which Spark can be configured to use, cannot restore records.
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
   * Creates a breakdown of times that are known.
   *
   * @param computeSeconds time that batches took, summed over workers
   * @param productSeconds the part of {@code computeSeconds} that the LSTM layers' matrix products
   *     took
   * @param rounds number of averaging rounds
   * @param roundSeconds wall-clock time of the rounds
   * @param slowestComputeSeconds compute time of each round's slowest worker, summed over rounds
   * @param broadcastSeconds time to pack the parameters that each round begins with, and to unpack
   *     them on the workers
   * @param aggregateSeconds time to pack and add the parameters that each round ends with
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
   * One worker's part of a round. Until it is combined with other workers, it is the slowest one.
   *
   * @param receiveNanos nanoseconds to unpack the parameters that the round begins with
   * @param computeNanos nanoseconds that its mini-batches took
   * @param productNanos the part of {@code computeNanos} that the LSTM layers' matrix products took
   */
  public static TimeBreakdown ofWorker(long receiveNanos, long computeNanos, long productNanos) {
    double compute = computeNanos / NANOS;
    return new TimeBreakdown(compute, productNanos / NANOS, 0, 0, compute, receiveNanos / NANOS, 0);
  }

  /** The part of a round that packs the parameters it begins with, in nanoseconds. */
  public static TimeBreakdown ofBroadcast(long nanos) {
    return new TimeBreakdown(0, 0, 0, 0, 0, nanos / NANOS, 0);
  }

  /** The part of a round that packs or adds what workers hand back, in nanoseconds. */
  public static TimeBreakdown ofAggregation(long nanos) {
    return new TimeBreakdown(0, 0, 0, 0, 0, 0, nanos / NANOS);
  }

  /** A round as the driver saw it, from its beginning to its end, in nanoseconds. */
  public static TimeBreakdown ofRound(long nanos) {
    return new TimeBreakdown(0, 0, 1, nanos / NANOS, 0, 0, 0);
  }

  /** This breakdown and one of later work. Every figure is added. */
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
   * This breakdown and one of other workers in the same round. Compute and product times are added.
   * Of every other figure the maximum counts.
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

  /** Seconds that batches took, summed over all workers. */
  public double computeSeconds() {
    return computeSeconds;
  }

  /**
   * The part of {@link #computeSeconds} that the LSTM layers' matrix products took. It is 0 with
   * DL4J's own LSTM layers, which do not measure it.
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
   * Seconds to pack parameters and updater state, and for each round's slowest worker to unpack
   * them, summed over the rounds.
   */
  public double broadcastSeconds() {
    return broadcastSeconds;
  }

  /**
   * Seconds that each round's slowest worker took to pack its parameters and updater state and to
   * add them to others. The time to set the mean is included. The sum is over the rounds.
   */
  public double aggregateSeconds() {
    return aggregateSeconds;
  }

  /**
   * The other seconds of the rounds. They went into scheduling tasks, reading and expanding
   * sequences, and sending parameters and results.
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
