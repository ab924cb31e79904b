package syscallanomaly.train.optimiser;

import java.io.Serializable;
import java.util.Optional;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Turns gradients into parameter updates. Each optimiser is one class, and {@link Optimisers} lists
 * them all.
 */
public interface Optimiser extends Serializable {
  /** The name by which settings choose the optimiser, in lower case. */
  String name();

  /**
   * DL4J's configuration of the optimiser, which a network's configuration and a saved model name.
   * The optimiser must have a state, which workers average together with the parameters.
   *
   * @param learningRate learning rate, above 0
   */
  IUpdater updater(double learningRate);

  /**
   * A faster updater with the same arithmetic, settings and state.
   *
   * @param stock DL4J's updater for some of a network's parameters
   * @return empty if {@code stock} belongs to another optimiser
   */
  Optional<GradientUpdater<?>> accelerated(GradientUpdater<?> stock);
}
