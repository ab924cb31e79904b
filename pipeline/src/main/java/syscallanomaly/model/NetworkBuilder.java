package syscallanomaly.model;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds the LSTM language model: stacked LSTMs, dropout after each, softmax over all calls. */
public final class NetworkBuilder {
  private static final double RMSPROP_DECAY = 0.9;
  private static final double RMSPROP_EPSILON = 1e-7;

  private NetworkBuilder() {}

  /**
   * An initialised network.
   *
   * @param symbols size of the vocabulary
   * @param context calls of a window before the one to predict
   * @param seed decides the initial weights
   */
  public static MultiLayerNetwork build(
      NetworkSettings settings, int symbols, int context, double learningRate, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new RmsProp(learningRate, RMSPROP_DECAY, RMSPROP_EPSILON))
            .list();
    if (settings.embedding() > 0) {
      layers.layer(
          new EmbeddingSequenceLayer.Builder()
              .nIn(symbols)
              .nOut(settings.embedding())
              .inputLength(context)
              .build());
    }
    List<Integer> sizes = settings.layers();
    for (int i = 0; i < sizes.size(); i++) {
      LSTM lstm = new LSTM.Builder().nOut(sizes.get(i)).activation(Activation.TANH).build();
      layers.layer(i == sizes.size() - 1 ? new LastTimeStep(lstm) : lstm);
      if (settings.dropout() > 0) {
        // Separate layers: dropout within LastTimeStep fails when two workers share a JVM.
        layers.layer(new DropoutLayer(1 - settings.dropout()));
      }
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(symbols)
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerConfiguration configuration =
        layers.setInputType(InputType.recurrent(symbols, context)).build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
