package syscallanomaly.train;

import java.util.Optional;
import syscallanomaly.train.state.TrainingState;

/** Keeps points of a training from which it can go on. */
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
   * Where an earlier training of the same network, on the same examples, with the same settings and
   * as many workers, was interrupted; empty: training begins anew.
   */
  Optional<TrainingState> latest();

  /** Whether to keep a point in the middle of an epoch now; asked after every round. */
  boolean isDue();

  /** Keeps a point in the middle of an epoch that was due, or one after an epoch. */
  void keep(TrainingState state);
}
