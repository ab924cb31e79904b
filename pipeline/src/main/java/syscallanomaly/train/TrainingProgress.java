package syscallanomaly.train;

import java.util.function.Supplier;

/** Hears how training goes on. */
public interface TrainingProgress {
  /**
   * An averaging round has ended.
   *
   * @param windows windows or whole traces trained on in this round
   * @param windowsOfEpoch those that the whole epoch trains on, or what was left of it where
   *     training went on
   */
  void roundEnded(int epoch, long windows, long windowsOfEpoch);

  /**
   * An epoch has ended.
   *
   * @param result as far as known: whether the epoch is kept shows at the end of training
   * @param checkpoint the DL4J model file after this epoch, with the updater's state
   */
  void epochEnded(EpochResult result, Supplier<byte[]> checkpoint);
}
