package syscallanomaly.train.averaging;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.train.numerics.CounterBasedDropout;
import syscallanomaly.train.optimiser.Optimisers;

/**
 * What every worker begins an averaging round with. Numbers as bytes of this kind of machine: they
 * travel several times as fast as ND4J's arrays. No record, because Kryo, which Spark can be told
 * to use, cannot restore one.
 */
final class RoundStart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String network;
  private final LstmImplementation lstm;
  private final String configuration;
  private final byte[] parameters;
  private final byte[] updaterState;
  private final int iterations;

  /**
   * What a round begins with.
   *
   * @param network names the training, of which a worker keeps its network from round to round
   * @param lstm computes the network's LSTM layers; with DL4J's own, all else is DL4J's own too
   * @param configuration of the network, as JSON
   * @param parameters all parameters, in DL4J's order
   * @param updaterState state of the updater, in DL4J's order
   * @param iterations number of updates that made this state
   */
  private RoundStart(
      String network,
      LstmImplementation lstm,
      String configuration,
      byte[] parameters,
      byte[] updaterState,
      int iterations) {
    this.network = network;
    this.lstm = lstm;
    this.configuration = configuration;
    this.parameters = parameters;
    this.updaterState = updaterState;
    this.iterations = iterations;
  }

  static RoundStart of(String name, LstmImplementation lstm, MultiLayerNetwork network) {
    return new RoundStart(
        name,
        lstm,
        network.getLayerWiseConfigurations().toJson(),
        NativeValues.readBytes(network.params()),
        NativeValues.readBytes(network.getUpdater().getStateViewArray()),
        network.getIterationCount());
  }

  /** Name of the training, of which a worker keeps its network from round to round. */
  String network() {
    return network;
  }

  /** A network of this configuration; its parameters are anything. */
  MultiLayerNetwork newNetwork() {
    MultiLayerNetwork created =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    created.init();
    if (lstm == LstmImplementation.FAST) {
      Optimisers.accelerate(created);
      CounterBasedDropout.install(created);
    }
    return lstm.installIn(created);
  }

  /** Gives a network these parameters, this state of its updater and this count of updates. */
  void copyTo(MultiLayerNetwork target) {
    NativeValues.writeBytes(parameters, target.params());
    NativeValues.writeBytes(updaterState, target.getUpdater().getStateViewArray());
    target.getLayerWiseConfigurations().setIterationCount(iterations);
  }
}
