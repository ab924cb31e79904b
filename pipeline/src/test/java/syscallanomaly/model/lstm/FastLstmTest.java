package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.SameNetworks;
import syscallanomaly.window.WindowBatch;

/** Against DL4J's own implementation. */
class FastLstmTest {
  private static final int SYMBOLS = 23;
  private static final SameNetworks SAME = new SameNetworks(1e-4);

  @ParameterizedTest
  @CsvSource({
    "'64,256,100', 0, 25, 20",
    "'7', 0, 1, 20",
    "'7', 0, 3, 2",
    "'33,16', 0, 13, 5",
    "'40,20', 9, 14, 20",
    "'128', 32, 50, 12"
  })
  void outputsAndGradientsAreThoseOfDl4j(String layers, int embedding, int batch, int length) {
    MultiLayerNetwork stock = network(sizes(layers), embedding, length - 1);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    for (int seed = 1; seed <= 2; seed++) {
      assertSameStep(stock, fast, batch(seed, batch, length, embedding > 0));
    }
  }

  @Test
  void masksAreThoseOfDl4j() {
    int length = 9;
    MultiLayerNetwork stock = network(List.of(12, 8), 0, length - 1);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    DataSet data = batch(4, 5, length, false);
    INDArray mask = Nd4j.ones(5, length - 1);
    for (int row = 0; row < 5; row++) {
      for (int step = 3 + row; step < length - 1; step++) {
        mask.putScalar(row, step, 0);
        data.getFeatures()
            .get(NDArrayIndex.point(row), NDArrayIndex.all(), NDArrayIndex.point(step))
            .assign(0);
      }
    }
    data.setFeaturesMaskArray(mask);
    data.setLabelsMaskArray(Nd4j.createFromArray(1f, 0.5f, 2f, 0f, 1f).reshape(5, 1));
    assertSameStep(stock, fast, data);
  }

  /**
   * In a single segment: where a state is carried into one, DL4J's own gradients are not the slope
   * of the loss.
   */
  @ParameterizedTest
  @CsvSource({"18, 18", "18, 3", "20, 20"})
  void truncatedBackPropagationIsThatOfDl4j(int forward, int backward) {
    MultiLayerNetwork stock = wholeSequences(forward, backward, Activation.SIGMOID);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    DataSet data = sequences(3, 6, 18);
    for (int step = 0; step < 3; step++) {
      stock.fit(data);
      fast.fit(data);
    }
    SAME.assertClose(stock.params(), fast.params(), "parameters");
    assertThat(fast.score()).isCloseTo(stock.score(), within(1e-4));
  }

  @Test
  void stateIsCarriedFromStepToStep() {
    MultiLayerNetwork stock = wholeSequences(5, 5, Activation.SIGMOID);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    INDArray sequence = sequences(8, 4, 10).getFeatures();
    INDArray whole = stock.output(sequence);
    int[] ends = {1, 4, 10};
    int start = 0;
    for (int end : ends) {
      INDArray piece =
          sequence
              .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(start, end))
              .dup();
      INDArray expected =
          whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(start, end));
      SAME.assertClose(expected, fast.rnnTimeStep(piece), "output up to " + end);
      start = end;
    }
  }

  @Test
  void whatIsNotCoveredGoesToDl4j() {
    MultiLayerNetwork stock = wholeSequences(5, 5, Activation.HARDSIGMOID);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    DataSet data = sequences(2, 4, 10);
    stock.fit(data);
    fast.fit(data);
    assertThat(fast.params()).isEqualTo(stock.params());
  }

  @Test
  void aSavedModelPredictsWithoutTheKernel() throws IOException {
    MultiLayerNetwork trained = network(List.of(16, 12), 0, 9);
    LanguageModel model = new LanguageModel(trained);
    DataSet data = batch(1, 8, 10, false);
    trained.fit(data);
    MultiLayerNetwork plain =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.toBytes()));
    assertThat(((org.deeplearning4j.nn.layers.recurrent.LSTM) plain.getLayer(0)).getHelper())
        .isNull();
    SAME.assertClose(
        trained.output(data.getFeatures()), plain.output(data.getFeatures()), "predictions");
  }

  @Test
  @Tag("slow")
  void twoHundredStepsOfTrainingEndWhereThoseOfDl4jDo() {
    MultiLayerNetwork stock = network(List.of(32, 64, 24), 0, 19);
    MultiLayerNetwork fast = FastLstm.install(stock.clone());
    for (int step = 0; step < 200; step++) {
      DataSet data = batch(step, 25, 20, false);
      stock.fit(data);
      fast.fit(data);
    }
    DataSet test = batch(1000, 200, 20, false);
    assertThat(fast.score(test)).isCloseTo(stock.score(test), within(1e-3));
  }

  private static void assertSameStep(
      MultiLayerNetwork stock, MultiLayerNetwork fast, DataSet data) {
    SAME.assertClose(
        stock.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null),
        fast.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null),
        "output");
    SAME.assertSameGradients(stock, fast, data);
  }

  private static List<Integer> sizes(String layers) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : layers.split(",", -1)) {
      sizes.add(Integer.valueOf(size));
    }
    return sizes;
  }

  private static MultiLayerNetwork network(List<Integer> layers, int embedding, int context) {
    return NetworkBuilder.build(
        new NetworkSettings(layers, 0, embedding), SYMBOLS, context, rmsProp(1e-3), 7);
  }

  private static MultiLayerNetwork wholeSequences(int forward, int backward, Activation gates) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.1))
                .list()
                .layer(lstm(18, gates))
                .layer(lstm(11, gates))
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(SYMBOLS)
                        .activation(Activation.SOFTMAX)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTForwardLength(forward)
                .tBPTTBackwardLength(backward)
                .setInputType(InputType.recurrent(SYMBOLS))
                .build());
    network.init();
    return network;
  }

  /** DL4J's default activation is none that the kernel covers. */
  private static LSTM lstm(int units, Activation gates) {
    return new LSTM.Builder()
        .nOut(units)
        .activation(Activation.TANH)
        .gateActivationFunction(gates)
        .build();
  }

  private static DataSet sequences(long seed, int batch, int length) {
    List<int[]> windows = windows(seed, batch, length + 1);
    List<int[]> next = new ArrayList<>();
    for (int[] window : windows) {
      int[] shifted = new int[length + 1];
      System.arraycopy(window, 1, shifted, 0, length);
      next.add(shifted);
    }
    return new DataSet(
        WindowBatch.oneHotContexts(windows, SYMBOLS), WindowBatch.oneHotContexts(next, SYMBOLS));
  }

  private static DataSet batch(long seed, int batch, int length, boolean indices) {
    List<int[]> windows = windows(seed, batch, length);
    return new DataSet(
        indices ? WindowBatch.indexContexts(windows) : WindowBatch.oneHotContexts(windows, SYMBOLS),
        WindowBatch.oneHotNextCalls(windows, SYMBOLS));
  }

  /** Calls that follow each other with a preference, so that there is something to learn. */
  private static List<int[]> windows(long seed, int count, int length) {
    Random random = new Random(seed);
    List<int[]> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] window = new int[length];
      window[0] = random.nextInt(SYMBOLS);
      for (int t = 1; t < length; t++) {
        window[t] =
            random.nextInt(4) == 0 ? random.nextInt(SYMBOLS) : (window[t - 1] * 3 + 1) % SYMBOLS;
      }
      windows.add(window);
    }
    return windows;
  }
}
