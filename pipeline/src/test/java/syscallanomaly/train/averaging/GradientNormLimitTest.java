package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.UpdateRule;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.train.numerics.TruncatedBackPropagation;
import syscallanomaly.train.numerics.WeightedLoss;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.WindowBatch;

/** Stochastic gradient descent at a rate of 1: what a parameter loses is its gradient. */
class GradientNormLimitTest {
  private static final int SYMBOLS = 6;
  private static final List<int[]> SEQUENCES =
      List.of(new int[] {1, 2, 3, 4}, new int[] {5, 1, 1, 2}, new int[] {3, 3, 3, 3});

  /** What a worker's network loses in its first update, by layer. */
  private static List<INDArray> steps(boolean traces, int embedding, double limit) {
    NetworkSettings settings = new NetworkSettings(List.of(5, 4), 0, embedding);
    UpdateRule rule = new UpdateRule(new Sgd(1), limit);
    MultiLayerNetwork model =
        traces
            ? NetworkBuilder.buildForTraces(settings, SYMBOLS, 4, rule, 1)
            : NetworkBuilder.build(settings, SYMBOLS, 3, rule, 1);
    MultiLayerNetwork worker =
        new MultiLayerNetwork(
            MultiLayerConfiguration.fromJson(model.getLayerWiseConfigurations().toJson()));
    worker.init();
    FastLstm.install(worker);
    worker.setParameters(model.params());
    WeightedLoss loss = WeightedLoss.of(worker);
    if (traces) {
      TruncatedBackPropagation.fit(worker, TraceBatch.of(SEQUENCES, new float[] {1, 1, 1}), loss);
    } else {
      loss.setWeights(Nd4j.ones(3, 1));
      worker.fit(
          new DataSet(
              LanguageModel.hasEmbedding(worker)
                  ? WindowBatch.indexContexts(SEQUENCES)
                  : WindowBatch.oneHotContexts(SEQUENCES, SYMBOLS),
              WindowBatch.oneHotNextCalls(SEQUENCES, SYMBOLS)));
    }
    Layer[] before = model.getLayers();
    Layer[] after = worker.getLayers();
    return Arrays.stream(before)
        .filter(layer -> layer.numParams() > 0)
        .map(layer -> layer.params().sub(after[layer.getIndex()].params()))
        .toList();
  }

  private static double norm(INDArray step) {
    return step.norm2Number().doubleValue();
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 3", "true, 0", "true, 3"})
  void aLayersLargerGradientIsScaledDownToTheLimit(boolean traces, int embedding) {
    List<INDArray> free = steps(traces, embedding, 0);
    double limit = free.stream().mapToDouble(GradientNormLimitTest::norm).sorted().toArray()[1];
    List<INDArray> limited = steps(traces, embedding, limit);

    assertThat(free).hasSize(embedding == 0 ? 3 : 4).hasSameSizeAs(limited);
    assertThat(free).anyMatch(step -> norm(step) > 1.5 * limit);
    assertThat(free).anyMatch(step -> norm(step) < limit);
    for (int i = 0; i < free.size(); i++) {
      double expectedScale = Math.min(1, limit / norm(free.get(i)));
      assertThat(limited.get(i).toFloatVector())
          .as("layer %d", i)
          .containsExactly(free.get(i).mul(expectedScale).toFloatVector(), within(1e-7f));
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aLimitThatNoGradientReachesChangesNothing(boolean traces) {
    assertThat(steps(traces, 0, 1000)).isEqualTo(steps(traces, 0, 0));
  }
}
