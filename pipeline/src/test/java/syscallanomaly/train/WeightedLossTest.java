package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.window.TraceBatch;
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
    MultiLayerNetwork network = NetworkBuilder.build(SETTINGS, 5, 2, 0.001, 1);
    network.params().muli(4);
    WeightedLoss.of(network).setWeights(Nd4j.createFromArray(weights));
    network.setInput(WindowBatch.oneHotContexts(List.of(windows), 5));
    network.setLabels(WindowBatch.oneHotNextCalls(List.of(windows), 5));
    return gradient(network);
  }

  private static INDArray gradientOfTraces(float[] weights, int[]... traces) {
    MultiLayerNetwork network = NetworkBuilder.buildForTraces(SETTINGS, 5, 100, 0.001, 1);
    network.params().muli(4);
    TraceBatch batch = TraceBatch.of(List.of(traces), weights);
    WeightedLoss.of(network).setWeights(batch.weights());
    network.setInput(batch.oneHotInputs(5));
    network.setLabels(batch.calls());
    return gradient(network);
  }

  private static void same(INDArray actual, INDArray expected) {
    assertThat(actual.toFloatVector()).containsExactly(expected.toFloatVector(), within(1e-5f));
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

  @Test
  void countsTheWeightsOfRightPredictions() {
    MultiLayerNetwork network = NetworkBuilder.build(SETTINGS, 5, 2, 0.001, 1);
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
    MultiLayerNetwork kept = NetworkBuilder.buildForTraces(SETTINGS, 5, 100, 0.001, 1);
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
