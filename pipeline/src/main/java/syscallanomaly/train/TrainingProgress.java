package syscallanomaly.train;

import java.util.function.Supplier;

/** Is told how training goes on. */
public interface TrainingProgress {
  /** Listens to nothing. */
  TrainingProgress NONE =
      new TrainingProgress() {
        @Override
        public void epochStarted(int epoch, long sequences) {}

        @Override
        public void roundEnded(int epoch, long sequences) {}

        @Override
        public void epochEnded(EpochResult result, Supplier<byte[]> model) {}
      };

  /**
   * An epoch begins.
   *
   * @param epoch number of the epoch, from 1
   * @param sequences number of sequences that the epoch trains on from now; an epoch that was
   *     interrupted has fewer left
   */
  void epochStarted(int epoch, long sequences);

  /**
   * An averaging round has ended.
   *
   * @param epoch number of the epoch, from 1
   * @param sequences number of sequences that the round trained on
   */
  void roundEnded(int epoch, long sequences);

  /**
   * An epoch has ended.
   *
   * @param result result of the epoch; {@link EpochResult#kept} is set only at the end of training
   * @param model bytes of a DL4J model file: the model of this epoch, which the held-out loss of
   *     the result belongs to
   */
  void epochEnded(EpochResult result, Supplier<byte[]> model);
}
