package syscallanomaly.train;

import java.util.function.Supplier;

/** Hears how training goes on. */
public interface TrainingProgress {
  /** Listens to nothing. */
  TrainingProgress NONE =
      new TrainingProgress() {
        @Override
        public void epochStarted(int epoch, long sequences) {}

        @Override
        public void roundEnded(int epoch, long sequences) {}

        @Override
        public void epochEnded(EpochResult result, Supplier<byte[]> checkpoint) {}
      };

  /**
   * An epoch begins.
   *
   * @param windows windows or whole traces that it trains on, or what is left of them where
   *     training goes on
   */
  void epochStarted(int epoch, long windows);

  /**
   * An averaging round has ended.
   *
   * @param windows windows or whole traces trained on in this round
   */
  void roundEnded(int epoch, long windows);

  /**
   * An epoch has ended.
   *
   * @param result as far as known: whether the epoch is kept shows at the end of training
   * @param checkpoint the DL4J model file after this epoch, with the updater's state
   */
  void epochEnded(EpochResult result, Supplier<byte[]> checkpoint);
}
