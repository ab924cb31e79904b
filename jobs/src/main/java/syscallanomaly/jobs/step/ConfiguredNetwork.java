package syscallanomaly.jobs.step;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.UpdateRule;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.TrainingSettings.Unit;

/** The network that a configuration describes. */
public final class ConfiguredNetwork {
  private ConfiguredNetwork() {}

  /**
   * An initialised network.
   *
   * @param unit what it reads, whatever {@code training.unit} says
   * @param symbols size of the vocabulary
   * @param workers that share a mini-batch, at least 1; they decide the learning rate
   */
  public static MultiLayerNetwork build(
      Configuration configuration, Unit unit, int symbols, int workers) {
    NetworkSettings settings = configuration.network();
    TrainingSettings training = configuration.training();
    UpdateRule rule = training.updateRule(workers);
    long seed = configuration.run().seed();
    return switch (unit) {
      case WINDOWS ->
          NetworkBuilder.build(settings, symbols, configuration.windows().length() - 1, rule, seed);
      case TRACES ->
          NetworkBuilder.buildForTraces(
              settings, symbols, training.truncation().first(), rule, seed);
    };
  }
}
