package syscallanomaly.train.optimiser;

import java.io.Serializable;
import java.util.Optional;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Turns gradients into steps of the parameters. Each optimiser is one class, and {@link Optimisers}
 * lists them all.
 */
public interface Optimiser extends Serializable {
  /** The name by which settings choose it, in lower case. */
  String name();

  /**
   * DL4J's form of it, which a network's configuration and a saved model name. It keeps a state:
   * workers exchange it with the parameters.
   *
   * @param learningRate above 0
   */
  IUpdater updater(double learningRate);

  /**
   * The same arithmetic with the same settings and state, but several times as fast.
   *
   * @param stock DL4J's, of some of a network's parameters
   * @return empty where {@code stock} belongs to another optimiser
   */
  Optional<GradientUpdater<?>> accelerated(GradientUpdater<?> stock);
}
