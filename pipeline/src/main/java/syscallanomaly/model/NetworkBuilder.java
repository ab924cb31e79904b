package syscallanomaly.model;

import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import syscallanomaly.window.SequenceKind;

/**
 * Builds the network of the language model: stacked LSTM layers, dropout after each, and a softmax
 * over all calls.
 */
public final class NetworkBuilder {
  private NetworkBuilder() {}

  /**
   * Builds and initialises a network that reads sequences of a kind.
   *
   * @param kind kind of sequence that the network reads
   * @param symbols size of the vocabulary
   * @param timeSteps number of LSTM time steps, at least 1. For windows it is the number of calls
   *     before the predicted one. For whole traces it is how many calls back-propagation goes back
   * @param rule how training updates the network
   * @param seed decides the initial weights
   */
  public static MultiLayerNetwork build(
      NetworkSettings settings,
      SequenceKind kind,
      int symbols,
      int timeSteps,
      UpdateRule rule,
      long seed) {
    return switch (kind) {
      case WINDOWS -> build(settings, symbols, timeSteps, rule, seed);
      case TRACES -> buildForTraces(settings, symbols, timeSteps, rule, seed);
    };
  }

  /**
   * Builds and initialises a network that predicts the last call of a window.
   *
   * @param symbols size of the vocabulary
   * @param context number of calls in a window before the predicted one, at least 1
   * @param rule how training updates the network
   * @param seed decides the initial weights
   */
  public static MultiLayerNetwork build(
      NetworkSettings settings, int symbols, int context, UpdateRule rule, long seed) {
    NativeLibraries.load();
    NeuralNetConfiguration.ListBuilder layers = updatedBy(rule, seed);
    addEmbedding(layers, settings, symbols, context);
    List<Integer> sizes = settings.layers();
    for (int i = 0; i < sizes.size(); i++) {
      LSTM lstm = lstm(sizes.get(i));
      layers.layer(i == sizes.size() - 1 ? new LastTimeStep(lstm) : lstm);
      addDropout(layers, settings);
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(symbols)
            .activation(Activation.SOFTMAX)
            .build());
    return initialised(layers.setInputType(InputType.recurrent(symbols, context)));
  }

  /**
   * Builds and initialises a network that predicts every call of a whole trace.
   *
   * @param symbols size of the vocabulary
   * @param truncation number of time steps that back-propagation goes back, at least 1
   * @param rule how training updates the network
   * @param seed decides the initial weights
   */
  public static MultiLayerNetwork buildForTraces(
      NetworkSettings settings, int symbols, int truncation, UpdateRule rule, long seed) {
    NativeLibraries.load();
    NeuralNetConfiguration.ListBuilder layers = updatedBy(rule, seed);
    addEmbedding(layers, settings, symbols, truncation);
    List<Integer> sizes = settings.layers();
    for (int i = 0; i < sizes.size(); i++) {
      boolean oneHotInput = i == 0 && settings.embedding() == 0;
      layers.layer(oneHotInput ? lstmOfOneHot(sizes.get(i)) : lstm(sizes.get(i)));
      addDropout(layers, settings);
    }
    // Labels are indices because one-hot labels for a batch of long traces would fill the memory.
    layers.layer(
        new RnnOutputLayer.Builder(new LossSparseMCXENT())
            .nOut(symbols)
            .activation(Activation.SOFTMAX)
            .build());
    layers
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTForwardLength(truncation)
        .tBPTTBackwardLength(truncation);
    return initialised(layers.setInputType(InputType.recurrent(symbols)));
  }

  /**
   * Begins a configuration with its update rule.
   *
   * <p>The gradient norm is limited by DL4J's updater, for each layer separately. So the limit
   * holds for windows and for whole traces, and a saved model names it. DL4J has no limit for the
   * norm over all layers together, which Pascanu, Mikolov and Bengio propose (On the difficulty of
   * training recurrent neural networks, 2013).
   */
  private static NeuralNetConfiguration.ListBuilder updatedBy(UpdateRule rule, long seed) {
    NeuralNetConfiguration.Builder network =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(rule.updater());
    if (rule.gradientNormLimit() > 0) {
      network
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(rule.gradientNormLimit());
    }
    return network.list();
  }

  private static void addEmbedding(
      NeuralNetConfiguration.ListBuilder layers,
      NetworkSettings settings,
      int symbols,
      int timeSteps) {
    if (settings.embedding() > 0) {
      layers.layer(
          new EmbeddingSequenceLayer.Builder()
              .nIn(symbols)
              .nOut(settings.embedding())
              .inputLength(timeSteps)
              .build());
    }
  }

  private static LSTM lstm(int size) {
    return new LSTM.Builder().nOut(size).activation(Activation.TANH).build();
  }

  /**
   * An LSTM layer that reads one-hot calls. Only one input weight reaches each gate in a time step.
   * With a variance of 1 the gates tell calls apart from the start. Xavier's variance is divided by
   * the number of inputs, because it is made for inputs that are all present together.
   */
  private static LSTM lstmOfOneHot(int size) {
    return new LSTM.Builder()
        .nOut(size)
        .activation(Activation.TANH)
        .weightInit(new NormalDistribution(0, 1))
        .weightInitRecurrent(WeightInit.XAVIER_UNIFORM)
        .build();
  }

  private static void addDropout(
      NeuralNetConfiguration.ListBuilder layers, NetworkSettings settings) {
    if (settings.dropout() > 0) {
      // Dropout is a separate layer because dropout within LastTimeStep fails if two workers share
      // a JVM.
      layers.layer(new DropoutLayer(1 - settings.dropout()));
    }
  }

  private static MultiLayerNetwork initialised(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }
}
