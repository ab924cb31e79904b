package syscallanomaly.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.SameNetworks;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.SequenceKind;

/** Against DL4J's own layers, with the same LSTM on both sides. */
class FastLayersTest {
  private static final double RELATIVE = 1e-5;
  private static final SameNetworks SAME = new SameNetworks(RELATIVE);

  private static MultiLayerNetwork network(SequenceKind kind, int symbols, int embedding) {
    return FastLstm.install(
        NetworkBuilder.build(
            new NetworkSettings(List.of(11), 0, embedding), kind, symbols, 6, rmsProp(1e-3), 7));
  }

  private static MultiLayerNetwork fast(MultiLayerNetwork stock) {
    return FastLayers.install(stock.clone(), LstmImplementation.FAST);
  }

  private static INDArray indices(long seed, int symbols, int batch, int timeSteps) {
    Random random = new Random(seed);
    float[] values = new float[batch * timeSteps];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(symbols);
    }
    return Nd4j.create(values, new long[] {batch, 1, timeSteps}, 'f');
  }

  /** Few symbols, so that a call comes several times in a mini-batch. */
  @ParameterizedTest
  @CsvSource({"5, 8, 13, 6", "5, 8, 1, 6", "5, 8, 13, 1", "5, 8, 1, 1", "170, 32, 64, 25"})
  void outputsAndGradientsOfTracesAreThoseOfDl4j(
      int symbols, int embedding, int batch, int timeSteps) {
    MultiLayerNetwork stock = network(SequenceKind.TRACES, symbols, embedding);
    MultiLayerNetwork fast = fast(stock);
    assertThat(fast.getLayer(0)).isInstanceOf(FastEmbedding.class);
    assertThat(fast.getOutputLayer()).isInstanceOf(FastOutput.class);

    for (int seed = 1; seed <= 2; seed++) {
      INDArray inputs = indices(seed, symbols, batch, timeSteps);
      SAME.assertClose(stock.output(inputs), fast.output(inputs), "output");
      SAME.assertClose(stock.rnnTimeStep(inputs), fast.rnnTimeStep(inputs), "next time steps");
      SAME.assertSameGradients(
          stock, fast, new DataSet(inputs, indices(-seed, symbols, batch, timeSteps)));
    }
  }

  @ParameterizedTest
  @CsvSource({"13", "1"})
  void gradientsOfWindowsAreThoseOfDl4jToTheLastBit(int batch) {
    MultiLayerNetwork stock = network(SequenceKind.WINDOWS, 5, 8);
    MultiLayerNetwork fast = fast(stock);
    assertThat(fast.getLayer(0)).isInstanceOf(FastEmbedding.class);
    INDArray labels = Nd4j.zeros(batch, 5);
    for (int row = 0; row < batch; row++) {
      labels.putScalar(row, row % 5, 1);
    }

    SAME.assertSameGradients(stock, fast, new DataSet(indices(1, 5, batch, 6).dup('c'), labels));
    assertThat(fast.gradient().gradient().toFloatVector())
        .containsExactly(stock.gradient().gradient().toFloatVector());
  }

  @Test
  void masksAreThoseOfDl4j() {
    MultiLayerNetwork stock = network(SequenceKind.TRACES, 5, 8);
    MultiLayerNetwork fast = fast(stock);
    INDArray mask = Nd4j.ones(4, 6);
    for (int row = 1; row < 4; row++) {
      for (int timeStep = 6 - row; timeStep < 6; timeStep++) {
        mask.putScalar(row, timeStep, 0);
      }
    }

    SAME.assertSameGradients(
        stock, fast, new DataSet(indices(1, 5, 4, 6), indices(2, 5, 4, 6), mask, mask));
  }

  @Test
  void theScoreOfOtherCallsIsTheirs() {
    MultiLayerNetwork stock = network(SequenceKind.TRACES, 5, 8);
    MultiLayerNetwork fast = fast(stock);
    SAME.assertSameGradients(stock, fast, new DataSet(indices(1, 5, 4, 6), indices(2, 5, 4, 6)));

    DataSet other = new DataSet(indices(3, 5, 4, 6), indices(4, 5, 4, 6));
    assertThat(fast.score(other)).isCloseTo(stock.score(other), within(RELATIVE));
  }

  @Test
  void aSavedModelNamesOnlyLayersOfDl4j() throws IOException {
    MultiLayerNetwork fast = fast(network(SequenceKind.TRACES, 5, 8));
    INDArray inputs = indices(1, 5, 4, 6);
    fast.fit(inputs, indices(2, 5, 4, 6));

    MultiLayerNetwork saved =
        ModelSerializer.restoreMultiLayerNetwork(
            new ByteArrayInputStream(new LanguageModel(fast).toBytes()));
    assertThat(saved.getLayerWiseConfigurations().toJson()).doesNotContain("syscallanomaly");
    assertDl4js(saved);
    SAME.assertClose(saved.output(inputs), fast.output(inputs), "output");
  }

  @Test
  void theLayersOfDl4jComeBackWithTheParameters() {
    MultiLayerNetwork fast = fast(network(SequenceKind.TRACES, 5, 8));
    INDArray inputs = indices(1, 5, 4, 6);
    fast.fit(inputs, indices(2, 5, 4, 6));
    INDArray expected = fast.output(inputs).dup();

    MultiLayerNetwork stock = FastLayers.install(fast, LstmImplementation.DL4J);
    assertThat(stock).isSameAs(fast);
    assertDl4js(stock);
    assertThat(expected.sub(stock.output(inputs)).amaxNumber().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void aSecondInstallationKeepsTheLayers() {
    MultiLayerNetwork fast = fast(network(SequenceKind.TRACES, 5, 8));
    List<Layer> before = Arrays.asList(fast.getLayers().clone());

    FastLayers.install(fast, LstmImplementation.FAST);
    assertThat(fast.getLayers()).containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @CsvSource({"5", "-1"})
  void anIndexOutsideTheVocabularyIsRefused(int index) {
    MultiLayerNetwork fast = fast(network(SequenceKind.TRACES, 5, 8));
    INDArray inputs = indices(1, 5, 4, 6);
    inputs.putScalar(2, 0, 3, index);

    assertThatThrownBy(() -> fast.output(inputs))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessage(
            "Cannot look up index %d in an embedding: it has the indices 0 to 4".formatted(index));
  }

  private static void assertDl4js(MultiLayerNetwork network) {
    assertThat(network.getLayer(0)).isExactlyInstanceOf(EmbeddingSequenceLayer.class);
    assertThat(network.getOutputLayer()).isExactlyInstanceOf(RnnOutputLayer.class);
  }
}
