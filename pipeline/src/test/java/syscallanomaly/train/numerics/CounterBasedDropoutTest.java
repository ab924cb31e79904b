package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.window.WindowBatch;

class CounterBasedDropoutTest {
  /** Not a multiple of what is drawn together. */
  private static final long[] SHAPE = {51, 99, 19};

  private static final int LENGTH = 51 * 99 * 19;

  private static CounterBasedDropout seeded(double keep, long seed) {
    CounterBasedDropout dropout = new CounterBasedDropout(keep);
    dropout.setSeed(seed);
    return dropout;
  }

  private static INDArray forward(IDropout dropout, INDArray input) {
    INDArray output = Nd4j.createUninitialized(input.dataType(), input.shape(), input.ordering());
    return dropout.applyDropout(input, output, 0, 0, LayerWorkspaceMgr.noWorkspaces());
  }

  private static float[] values(INDArray array) {
    return array.dup('f').data().asFloat();
  }

  /** What ones become, in Fortran order. */
  private static float[] factors(IDropout dropout) {
    return values(forward(dropout, Nd4j.ones(DataType.FLOAT, SHAPE).dup('f')));
  }

  private static double shareWhereBothKeep(float[] one, float[] other, int shift) {
    int both = 0;
    for (int i = 0; i < one.length - shift; i++) {
      both += one[i] > 0 && other[i + shift] > 0 ? 1 : 0;
    }
    return both / (double) (one.length - shift);
  }

  @ParameterizedTest
  @CsvSource({"0.8, 1.25", "0.5, 2", "0.1, 10", "1, 1"})
  void keepsAndScalesAsManyAsItShould(double keep, float scale) {
    float[] factors = factors(seeded(keep, 1));

    int kept = 0;
    double furthest = 0;
    for (float factor : factors) {
      if (factor != 0) {
        furthest = Math.max(furthest, Math.abs(factor / scale - 1));
        kept++;
      }
    }
    // The probability is rounded to 16 bits.
    assertThat(furthest).isLessThan(1e-4);
    // Five standard deviations.
    double deviation = Math.sqrt(keep * (1 - keep) / LENGTH);
    assertThat(kept / (double) LENGTH).isCloseTo(keep, within(5 * deviation + 1e-9));
  }

  @Test
  void drawsAreIndependentOfNeighboursAndOfThePassBefore() {
    CounterBasedDropout dropout = seeded(0.5, 3);
    float[] first = factors(dropout);
    float[] second = factors(dropout);

    double five = 5 * Math.sqrt(0.25 * 0.75 / LENGTH);
    for (int shift : new int[] {1, 2, 3, 4, 51, 2048}) {
      assertThat(shareWhereBothKeep(first, first, shift)).isCloseTo(0.25, within(five));
    }
    assertThat(shareWhereBothKeep(first, second, 0)).isCloseTo(0.25, within(five));
  }

  @Test
  void theWayBackDropsWhatTheWayForwardDropped() {
    CounterBasedDropout dropout = seeded(0.8, 5);
    for (int pass = 0; pass < 3; pass++) {
      float[] factors = factors(dropout);
      INDArray gradient = Nd4j.randn(DataType.FLOAT, SHAPE).dup('f');
      float[] before = values(gradient);
      INDArray after = dropout.backprop(gradient, gradient, 0, 0);

      assertThat(after).isSameAs(gradient);
      float[] expected = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        expected[i] = before[i] * factors[i];
      }
      assertThat(values(after)).isEqualTo(expected);
    }
  }

  @Test
  void theSameSeedDropsTheSame() {
    CounterBasedDropout dropout = seeded(0.8, 7);
    float[] first = factors(dropout);
    float[] second = factors(dropout);
    dropout.setSeed(7);

    assertThat(second).as("the next mini-batch").isNotEqualTo(first);
    assertThat(factors(dropout)).isEqualTo(first);
    assertThat(factors(dropout.clone())).isEqualTo(second);
    assertThat(factors(seeded(0.8, 8))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void otherArraysLoseTheSameValues(DataType type) {
    INDArray plain = Nd4j.randn(DataType.FLOAT, SHAPE).dup('f');
    float[] expected = values(forward(seeded(0.8, 9), plain));

    INDArray other = plain.castTo(type).dup('c');
    assertThat(values(forward(seeded(0.8, 9), other))).isEqualTo(expected);
    INDArray gradient = other.dup('c');
    CounterBasedDropout dropout = seeded(0.8, 9);
    forward(dropout, plain);
    assertThat(values(dropout.backprop(gradient, gradient, 0, 0))).isEqualTo(expected);
  }

  private static MultiLayerNetwork network(List<Integer> layers) {
    return CounterBasedDropout.install(
        FastLstm.install(
            NetworkBuilder.build(new NetworkSettings(layers, 0.5, 0), 7, 4, rmsProp(0.01), 1)));
  }

  @Test
  void everyLayerOfANetworkDropsOtherValues() {
    MultiLayerNetwork network = network(List.of(5, 5));
    CounterBasedDropout.setSeed(network, 1);
    IDropout first = network.getLayer(1).conf().getLayer().getIDropout();
    IDropout second = network.getLayer(3).conf().getLayer().getIDropout();

    float[] ofFirst = factors(first);
    assertThat(factors(second)).isNotEqualTo(ofFirst);
    CounterBasedDropout.setSeed(network, 1);
    assertThat(factors(first)).isEqualTo(ofFirst);
    CounterBasedDropout.setSeed(network, 2);
    assertThat(factors(first)).isNotEqualTo(ofFirst);
  }

  @Test
  void theGradientThroughItIsTheSlopeOfTheLoss() {
    MultiLayerNetwork network = network(List.of(5, 6));
    network.params().muli(3);
    List<int[]> windows = List.of(new int[] {1, 2, 3, 4, 5}, new int[] {6, 0, 2, 2, 1});
    compute(network, windows);
    INDArray gradient = network.gradient().gradient().dup();
    INDArray parameters = network.params();
    double step = 0.01;
    for (int i = 0; i < parameters.length(); i += 5) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + step);
      double above = compute(network, windows);
      parameters.putScalar(i, value - step);
      double below = compute(network, windows);
      parameters.putScalar(i, value);

      assertThat((above - below) / (2 * step))
          .as("parameter %d", i)
          .isCloseTo(gradient.getDouble(i), within(5e-3));
    }
    assertThat(gradient.norm2Number().doubleValue()).isGreaterThan(0.5);
  }

  /** The loss, summed over the windows, of the first forward pass of a seed. */
  private static double compute(MultiLayerNetwork network, List<int[]> windows) {
    CounterBasedDropout.setSeed(network, 4);
    network.setInput(WindowBatch.oneHotContexts(windows, 7));
    network.setLabels(WindowBatch.oneHotNextCalls(windows, 7));
    network.computeGradientAndScore();
    return network.score() * windows.size();
  }
}
