package syscallanomaly.train.averaging;

import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.train.state.EpochInProgress;
import syscallanomaly.train.state.NetworkState;

/**
 * The mean of the parameters over the last rounds of an epoch (Polyak and Juditsky: Acceleration of
 * stochastic approximation by averaging, 1992): it lies nearer to the minimum than the last point,
 * around which mini-batches keep the parameters moving.
 */
public final class PolyakAverage {
  private final int firstRound;
  private INDArray sum;
  private int count;

  /**
   * @param rounds of the epoch
   * @param share of them that counts, 0..1; at least the last one does
   */
  PolyakAverage(int rounds, double share) {
    this.firstRound = rounds - Math.max(1, (int) Math.round(rounds * share));
  }

  /** Likewise of an epoch that goes on from where it was interrupted. */
  public PolyakAverage(int rounds, double share, EpochInProgress interrupted) {
    this(rounds, share);
    count = interrupted.averaged();
    if (count > 0) {
      sum = NetworkState.array(interrupted.parameterSum());
    }
  }

  /** Takes in the parameters after a round. */
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

  /** Rounds that count, so far. */
  public int count() {
    return count;
  }

  /** Sum of their parameters, as bytes in the order of this machine; empty without any. */
  public byte[] sum() {
    return count == 0 ? new byte[0] : NativeValues.readBytes(sum);
  }

  /** The mean, after the last round. */
  public INDArray mean() {
    return sum.div(count);
  }
}
