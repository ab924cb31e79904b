package syscallanomaly.train.state;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.train.EpochResult;

/**
 * A point of a training from which it can go on: everything that decides what follows, but for
 * examples and settings. What early stopping knows follows from the epochs.
 *
 * @param epochs results of the epochs that are over, in order
 * @param times where the time of the averaging rounds of these epochs went, in order
 * @param best parameters of the best of these epochs, single precision, as bytes in the order of
 *     this machine; empty as long as none is over
 * @param network as it is now
 * @param inProgress how far the epoch after these has come
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

  /** Before the first round. */
  public static TrainingState atStart(MultiLayerNetwork network) {
    return new TrainingState(
        List.of(), List.of(), new byte[0], NetworkState.of(network), EpochInProgress.NONE);
  }

  /** Number of the epoch in progress, from 1. */
  public int epoch() {
    return epochs.size() + 1;
  }

  /** Rounds of that epoch that are over; 0 between two epochs. */
  public int rounds() {
    return inProgress.rounds();
  }

  /** This state after more rounds of the epoch. */
  public TrainingState within(NetworkState now, EpochInProgress progress) {
    return new TrainingState(epochs, times, best, now, progress);
  }

  /**
   * This state once the epoch is over.
   *
   * @param bestNow parameters of the best epoch, this one included
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
