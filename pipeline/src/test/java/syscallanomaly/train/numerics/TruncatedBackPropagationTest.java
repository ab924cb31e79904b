package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.Predictions;
import syscallanomaly.model.layer.FastLayers;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.TraceSegment;

class TruncatedBackPropagationTest {
  private static final int SYMBOLS = 7;
  private static final List<int[]> TRACES =
      List.of(calls(1, 2, 3, 4, 5, 6, 1, 2, 3), calls(6, 5, 4, 3, 2), calls(3, 3), calls(2));
  private static final float[] WEIGHTS = {1, 0.5f, 2, 1.5f};

  private static MultiLayerNetwork network(int embedding, int truncation, double learningRate) {
    return FastLstm.install(
        NetworkBuilder.buildForTraces(
            new NetworkSettings(List.of(5, 6), 0, embedding),
            SYMBOLS,
            truncation,
            rmsProp(learningRate),
            1));
  }

  private static PredictionTotals fit(MultiLayerNetwork network, TraceBatch batch) {
    return TruncatedBackPropagation.fit(network, batch, WeightedLoss.of(network));
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "0, 2", "0, 100", "3, 4", "3, 3"})
  void updatesAreThoseOfDl4jOnPaddedTraces(int embedding, int truncation) {
    // DL4J's masks are right for weights of 0 and 1 alone.
    TraceBatch batch = TraceBatch.of(TRACES, new float[] {1, 1, 1, 1});
    MultiLayerNetwork ours =
        FastLayers.install(network(embedding, truncation, 0.01), LstmImplementation.FAST);
    fit(ours, batch);
    fit(ours, batch);
    MultiLayerNetwork theirs = network(embedding, truncation, 0.01);
    TraceSegment whole = batch.segment(0, batch.steps());
    DataSet padded =
        new DataSet(LanguageModel.input(theirs, whole), whole.calls(), null, whole.weights());
    theirs.fit(padded);
    theirs.fit(padded);

    // RMSprop's first steps are of the size of the learning rate, however small the gradient.
    assertThat(ours.params().toFloatVector())
        .containsExactly(theirs.params().toFloatVector(), within(2e-4f));
    assertThat(ours.params().distance1(theirs.params()) / ours.numParams()).isLessThan(1e-5);
    assertThat(ours.getIterationCount()).isEqualTo(theirs.getIterationCount()).isPositive();
    assertThat(ours.params().distance1(network(embedding, truncation, 0.01).params()))
        .as("it learned")
        .isGreaterThan(1);
  }

  /** RMSprop's state is the square of the gradient, so it shows a gradient of another scale. */
  @Test
  void aSingleTraceHasTheGradientOfTwoThatAreEqualToIt() {
    int[] trace = TRACES.get(0);
    MultiLayerNetwork one = network(3, 100, 0.01);
    fit(one, TraceBatch.of(List.of(trace), new float[] {1}));
    MultiLayerNetwork two = network(3, 100, 0.01);
    fit(two, TraceBatch.of(List.of(trace, trace), new float[] {1, 1}));

    INDArray expected = two.getUpdater().getStateViewArray();
    assertThat(one.getUpdater().getStateViewArray().distance2(expected))
        .isLessThan(1e-4 * expected.norm2Number().doubleValue());
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "3, 4", "3, 3", "0, 100"})
  void totalsAreThoseOfEveryCallWithItsWeight(int embedding, int truncation) {
    // So small a rate that all segments see the same parameters.
    MultiLayerNetwork network = network(embedding, truncation, 1e-12);
    List<Predictions> scores = new LanguageModel(network).predictTraces(TRACES);
    PredictionTotals totals = fit(network, TraceBatch.of(TRACES, WEIGHTS));

    double loss = 0;
    double correct = 0;
    for (int i = 0; i < TRACES.size(); i++) {
      for (int call = 0; call < TRACES.get(i).length; call++) {
        loss += WEIGHTS[i] * scores.get(i).negativeLogLikelihood()[call];
        correct += scores.get(i).rank()[call] == 0 ? WEIGHTS[i] : 0;
      }
    }
    assertThat(totals.predictions()).isEqualTo(9 + 0.5 * 5 + 2 * 2 + 1.5);
    assertThat(totals.loss()).isCloseTo(loss, within(1e-4));
    assertThat(totals.correct()).isCloseTo(correct, within(1e-6));
  }

  /** DL4J's own LSTM fails this: its gradients are right in the first segment alone. */
  @Test
  void theGradientOfALaterSegmentIsTheSlopeOfItsLoss() {
    MultiLayerNetwork network = network(0, 4, 0.01);
    network.params().muli(3);
    TraceBatch batch = TraceBatch.of(TRACES.subList(0, 2), new float[] {1, 2});
    WeightedLoss loss = WeightedLoss.of(network);
    compute(network, loss, batch.segment(0, 4));
    network.updateRnnStateWithTBPTTState();
    List<Map<String, INDArray>> carried = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      carried.add(layer instanceof RecurrentLayer lstm ? lstm.rnnGetPreviousState() : Map.of());
    }
    TraceSegment later = batch.segment(4, 8);
    compute(network, loss, later);
    INDArray gradient = network.gradient().gradient().dup();
    INDArray parameters = network.params();
    double step = 0.01;
    for (int i = 0; i < parameters.length(); i += 7) {
      double value = parameters.getDouble(i);
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        parameters.putScalar(i, value + (side == 0 ? -step : step));
        for (int layer = 0; layer < network.getnLayers(); layer++) {
          if (network.getLayer(layer) instanceof RecurrentLayer lstm) {
            lstm.rnnSetPreviousState(carried.get(layer));
            lstm.rnnSetTBPTTState(carried.get(layer));
          }
        }
        compute(network, loss, later);
        losses[side] = network.score() * later.rows();
      }
      parameters.putScalar(i, value);
      assertThat((losses[1] - losses[0]) / (2 * step))
          .as("parameter %d", i)
          .isCloseTo(gradient.getDouble(i), within(5e-3));
    }
  }

  private static void compute(MultiLayerNetwork network, WeightedLoss loss, TraceSegment segment) {
    loss.setWeights(segment.weights());
    network.setInput(LanguageModel.input(network, segment));
    network.setLabels(segment.calls());
    network.computeGradientAndScore();
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "5"})
  void aSingleTraceOfAnyLengthCanBeTrainedOn(int calls) {
    int[] trace = IntStream.rangeClosed(1, calls).toArray();
    PredictionTotals totals =
        fit(network(0, 4, 0.01), TraceBatch.of(List.of(trace), new float[] {1}));

    assertThat(totals.predictions()).as("it counts once").isEqualTo(calls);
    assertThat(totals.meanLoss()).isCloseTo(Math.log(SYMBOLS), within(0.3));
  }
}
