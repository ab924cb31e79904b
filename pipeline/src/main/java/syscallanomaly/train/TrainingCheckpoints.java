package syscallanomaly.train;

import java.util.Optional;
import syscallanomaly.train.state.TrainingState;

/** Keeps states of a training from which it can go on after an interruption. */
public interface TrainingCheckpoints {
  /** Keeps nothing. */
  TrainingCheckpoints NONE =
      new TrainingCheckpoints() {
        @Override
        public Optional<TrainingState> latest() {
          return Optional.empty();
        }

        @Override
        public boolean isDue() {
          return false;
        }

        @Override
        public void keep(TrainingState state) {}
      };

  /**
   * The last state of an interrupted training. That training had the same network, sequences,
   * settings and number of workers. If the result is empty, training begins anew.
   */
  Optional<TrainingState> latest();

  /**
   * Whether to keep a state in the middle of an epoch now. The trainer asks after every averaging
   * round.
   */
  boolean isDue();

  /**
   * Keeps a state. The trainer calls this after each epoch, and within an epoch if a state is due.
   */
  void keep(TrainingState state);
}
