package syscallanomaly.train.averaging;

import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.train.state.EpochInProgress;
import syscallanomaly.train.state.NetworkState;

/**
 * The mean of the parameters over the last averaging rounds of an epoch (Polyak and Juditsky:
 * Acceleration of stochastic approximation by averaging, 1992). Mini-batches keep the parameters
 * moving around a minimum, and the mean lies nearer to it than the last parameters.
 *
 * <p>Order of use: 1. {@link #roundEnded} after each round of the epoch; 2. {@link #mean} after the
 * last round.
 */
public final class PolyakAverage {
  /** A mean over fewer rounds removes little noise. */
  private static final int FEWEST_ROUNDS = 3;

  private final int firstRound;
  private INDArray sum;
  private int count;

  /**
   * Begins the mean of an epoch.
   *
   * @param rounds number of rounds in the epoch, at least 1
   * @param share share of the rounds whose parameters count, 0 to 1; if these are fewer than
   *     {@value #FEWEST_ROUNDS} rounds, the last round alone counts
   */
  PolyakAverage(int rounds, double share) {
    int counted = (int) Math.round(rounds * share);
    this.firstRound = rounds - (counted < FEWEST_ROUNDS ? 1 : counted);
  }

  /**
   * Goes on with the mean of an epoch that was interrupted.
   *
   * @param rounds number of rounds in the epoch, at least 1
   * @param share share of the rounds whose parameters count, 0 to 1; if these are fewer than
   *     {@value #FEWEST_ROUNDS} rounds, the last round alone counts
   * @param interrupted how far the epoch had come
   */
  public PolyakAverage(int rounds, double share, EpochInProgress interrupted) {
    this(rounds, share);
    count = interrupted.averaged();
    if (count > 0) {
      sum = NetworkState.array(interrupted.parameterSum());
    }
  }

  /**
   * Takes in the parameters after a round.
   *
   * @param round number of the round, from 0
   * @param parameters all parameters of the network; they are copied
   */
  public void roundEnded(int round, INDArray parameters) {
    if (round < firstRound) {
      return;
    }
    if (sum == null) {
      sum = parameters.dup();
    } else {
      sum.addi(parameters);
    }
    count++;
  }

  /** Number of rounds so far whose parameters count. */
  public int count() {
    return count;
  }

  /**
   * Sum of the parameters that count, as bytes in this machine's order; empty if none count yet.
   */
  public byte[] sum() {
    return count == 0 ? new byte[0] : NativeValues.readBytes(sum);
  }

  /**
   * The mean (p_1 + ... + p_n) / n, where p_1 to p_n are the parameters after the last n rounds.
   */
  public INDArray mean() {
    return sum.div(count);
  }
}
