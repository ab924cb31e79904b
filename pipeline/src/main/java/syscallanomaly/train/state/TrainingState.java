package syscallanomaly.train.state;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.train.EpochResult;

/**
 * A state of a training from which it can go on. Together with the sequences and settings it
 * decides everything that follows. Early stopping is restored from the results of the epochs.
 *
 * @param epochs results of the finished epochs, in order
 * @param times for each finished epoch in order, where the time of its averaging rounds went
 * @param best parameters of the best finished epoch, as single-precision bytes in this machine's
 *     order; empty if no epoch is finished
 * @param network state of the network now
 * @param inProgress how far the next epoch has come
 */
public record TrainingState(
    List<EpochResult> epochs,
    List<TimeBreakdown> times,
    byte[] best,
    NetworkState network,
    EpochInProgress inProgress) {

  public TrainingState {
    epochs = List.copyOf(epochs);
    times = List.copyOf(times);
  }

  /** The state before the first round. */
  public static TrainingState atStart(MultiLayerNetwork network) {
    return new TrainingState(
        List.of(), List.of(), new byte[0], NetworkState.of(network), EpochInProgress.NONE);
  }

  /** Number of the epoch in progress, from 1. */
  public int epoch() {
    return epochs.size() + 1;
  }

  /** Number of finished rounds of the epoch in progress; 0 between two epochs. */
  public int rounds() {
    return inProgress.rounds();
  }

  /** This state after more rounds of the epoch. */
  public TrainingState within(NetworkState now, EpochInProgress progress) {
    return new TrainingState(epochs, times, best, now, progress);
  }

  /**
   * This state after the end of the epoch.
   *
   * @param result result of the epoch
   * @param time where the time of the epoch's rounds went
   * @param bestNow parameters of the best epoch so far, which may be this one
   * @param now state of the network after the epoch
   */
  public TrainingState after(
      EpochResult result, TimeBreakdown time, byte[] bestNow, NetworkState now) {
    return new TrainingState(
        with(epochs, result), with(times, time), bestNow, now, EpochInProgress.NONE);
  }

  private static <T> List<T> with(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
