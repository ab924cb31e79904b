package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.TraceSegment;
import syscallanomaly.window.WindowBatch;

class WeightedLossTest {
  private static final NetworkSettings SETTINGS = new NetworkSettings(List.of(4), 0, 0);
  private static final int[] ONE = {1, 2, 3};
  private static final int[] OTHER = {4, 0, 2};

  private static INDArray gradient(MultiLayerNetwork network) {
    network.computeGradientAndScore();
    return network.gradient().gradient().dup();
  }

  private static INDArray gradientOfWindows(float[] weights, int[]... windows) {
    MultiLayerNetwork network = NetworkBuilder.build(SETTINGS, 5, 2, rmsProp(0.001), 1);
    network.params().muli(4);
    WeightedLoss.of(network).setWeights(Nd4j.createFromArray(weights));
    network.setInput(WindowBatch.oneHotContexts(List.of(windows), 5));
    network.setLabels(WindowBatch.oneHotNextCalls(List.of(windows), 5));
    return gradient(network);
  }

  private static INDArray gradientOfTraces(float[] weights, int[]... traces) {
    MultiLayerNetwork network = NetworkBuilder.buildForTraces(SETTINGS, 5, 100, rmsProp(0.001), 1);
    network.params().muli(4);
    TraceBatch whole = TraceBatch.of(List.of(traces), weights);
    TraceSegment batch = whole.segment(0, whole.steps());
    WeightedLoss.of(network).setWeights(batch.weights());
    network.setInput(batch.oneHotInputs(5));
    network.setLabels(batch.calls());
    return gradient(network);
  }

  private static void same(INDArray actual, INDArray expected) {
    assertThat(actual.ravel().toFloatVector())
        .containsExactly(expected.ravel().toFloatVector(), within(1e-5f));
    assertThat(actual.norm2Number().doubleValue()).isGreaterThan(0.1);
  }

  @Test
  void aWeightOfThreeIsTheSameWindowThreeTimes() {
    same(
        gradientOfWindows(new float[] {3, 0.5f}, ONE, OTHER),
        gradientOfWindows(new float[] {1, 0.5f, 1, 1}, ONE, OTHER, ONE, ONE));
  }

  @Test
  void aWeightOfThreeIsTheSameTraceThreeTimes() {
    int[] shorter = calls(4);
    same(
        gradientOfTraces(new float[] {3, 0.5f}, ONE, shorter),
        gradientOfTraces(new float[] {1, 1, 1, 0.5f}, ONE, ONE, ONE, shorter));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lossAndGradientAreDl4js(boolean oneHot) {
    int rows = 37;
    int calls = 19;
    // Beyond a loss of 23 DL4J's is cut off.
    INDArray sums = Nd4j.randn(DataType.FLOAT, rows, calls).muli(3).dup('f');
    INDArray labels = Nd4j.create(DataType.FLOAT, rows, oneHot ? calls : 1);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, oneHot ? row % calls : 0, oneHot ? 1 : row % calls);
    }
    INDArray weights = Nd4j.rand(DataType.FLOAT, rows, 1);
    MultiLayerNetwork network =
        oneHot
            ? NetworkBuilder.build(SETTINGS, calls, 2, rmsProp(0.001), 1)
            : NetworkBuilder.buildForTraces(SETTINGS, calls, 2, rmsProp(0.001), 1);
    ILossFunction stock =
        ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).getLossFn();
    WeightedLoss loss = WeightedLoss.of(network);
    loss.setWeights(weights);
    IActivation softmax = new ActivationSoftmax();

    same(
        loss.computeGradient(labels, sums, softmax, null),
        stock.computeGradient(labels, sums.dup(), softmax, weights));
    assertThat(loss.computeScore(labels, sums, softmax, null, false))
        .isCloseTo(
            stock.computeScore(labels, sums.dup(), softmax, weights, false),
            withinPercentage(1e-3));
    assertThat(loss.computeScore(labels, sums, softmax, null, true))
        .isCloseTo(loss.computeScore(labels, sums, softmax, null, false) / rows, within(1e-9));
  }

  @Test
  void aCallThatSeemedImpossibleCostsAFiniteLoss() {
    MultiLayerNetwork network = NetworkBuilder.build(SETTINGS, 2, 2, rmsProp(0.001), 1);
    WeightedLoss loss = WeightedLoss.of(network);
    loss.setWeights(Nd4j.createFromArray(1f, 1f));
    INDArray sums = Nd4j.createFromArray(new float[][] {{0, 1000}, {3, 3}});
    INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}});
    INDArray gradient = loss.computeGradient(labels, sums, new ActivationSoftmax(), null);

    assertThat(loss.computeScore(labels, sums, new ActivationSoftmax(), null, false))
        .isCloseTo(1000 + Math.log(2), within(1e-6));
    assertThat(gradient.toFloatMatrix()).isDeepEqualTo(new float[][] {{-1, 1}, {0.5f, -0.5f}});
  }

  @Test
  void countsTheWeightsOfRightPredictions() {
    MultiLayerNetwork network = NetworkBuilder.build(SETTINGS, 5, 2, rmsProp(0.001), 1);
    network.params().muli(4);
    INDArray contexts = WindowBatch.oneHotContexts(List.of(ONE, OTHER, ONE), 5);
    int[] predicted = network.output(contexts).argMax(1).toIntVector();
    int[] right = {1, 2, predicted[0]};
    int[] rightToo = {4, 0, predicted[1]};
    int[] wrong = {1, 2, (predicted[2] + 1) % 5};
    WeightedLoss loss = WeightedLoss.of(network);
    loss.setWeights(Nd4j.createFromArray(3, 0.5f, 2));
    network.setInput(contexts);
    network.setLabels(WindowBatch.oneHotNextCalls(List.of(right, rightToo, wrong), 5));
    network.computeGradientAndScore();

    assertThat(loss.correct()).isEqualTo(3.5);
    assertThat(loss.totalWeight()).isEqualTo(5.5);
  }

  @Test
  void theModelOnFileHasThePlainLoss() {
    MultiLayerNetwork kept = NetworkBuilder.buildForTraces(SETTINGS, 5, 100, rmsProp(0.001), 1);
    byte[] before = new LanguageModel(kept).toBytes();
    MultiLayerNetwork onWorker = new MultiLayerNetwork(kept.getLayerWiseConfigurations().clone());
    onWorker.init();
    WeightedLoss loss = WeightedLoss.of(onWorker);

    assertThat(WeightedLoss.of(onWorker)).as("one is enough").isSameAs(loss);
    assertThat(new LanguageModel(kept).toBytes()).hasSameSizeAs(before);
    assertThat(kept.getLayerWiseConfigurations().toJson())
        .contains("LossSparseMCXENT")
        .doesNotContain("WeightedLoss");
  }
}
