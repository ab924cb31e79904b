package syscallanomaly.train.averaging;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.NativeLibraries;
import syscallanomaly.model.layer.FastLayers;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.train.numerics.CounterBasedDropout;
import syscallanomaly.train.optimiser.Optimisers;

/**
 * What every worker begins an averaging round with. Numbers travel as bytes in this machine's
 * order, which is several times as fast as ND4J's arrays.
 *
 * <p>This is no record because Kryo, which Spark can be configured to use, cannot restore records.
 */
final class RoundStart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String training;
  private final LstmImplementation lstm;
  private final String configuration;
  private final byte[] parameters;
  private final byte[] updaterState;
  private final int iterations;

  /**
   * Creates the start of a round.
   *
   * @param training identifies the training; a worker keeps its network while it stays the same
   * @param lstm implementation that computes the layers; with {@link LstmImplementation#DL4J} the
   *     worker also uses DL4J's own updater and dropout
   * @param configuration configuration of the network, as JSON
   * @param parameters all parameters, in DL4J's order
   * @param updaterState state of the updater, in DL4J's order
   * @param iterations number of updates since the beginning of the training
   */
  private RoundStart(
      String training,
      LstmImplementation lstm,
      String configuration,
      byte[] parameters,
      byte[] updaterState,
      int iterations) {
    this.training = training;
    this.lstm = lstm;
    this.configuration = configuration;
    this.parameters = parameters;
    this.updaterState = updaterState;
    this.iterations = iterations;
  }

  static RoundStart of(String training, LstmImplementation lstm, MultiLayerNetwork network) {
    return new RoundStart(
        training,
        lstm,
        network.getLayerWiseConfigurations().toJson(),
        NativeValues.readBytes(network.params()),
        NativeValues.readBytes(network.getUpdater().getStateViewArray()),
        network.getIterationCount());
  }

  /** Identifies the training. A worker keeps its network while this stays the same. */
  String training() {
    return training;
  }

  /** Builds a network of this configuration. Its parameters are not yet set. */
  MultiLayerNetwork newNetwork() {
    NativeLibraries.load();
    MultiLayerNetwork created =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    created.init();
    if (lstm == LstmImplementation.FAST) {
      Optimisers.accelerate(created);
      CounterBasedDropout.install(created);
    }
    return FastLayers.install(created, lstm);
  }

  /** Gives a network these parameters, this updater state and this number of updates. */
  void copyTo(MultiLayerNetwork target) {
    NativeValues.writeBytes(parameters, target.params());
    NativeValues.writeBytes(updaterState, target.getUpdater().getStateViewArray());
    target.getLayerWiseConfigurations().setIterationCount(iterations);
  }
}
