package syscallanomaly.train.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdaMaxUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/** Against ND4J's own updaters. */
class OptimisersTest {
  /** An updater with the settings that a training gives it, and one with others. */
  private static Stream<Arguments> updaters() {
    return Stream.of(
        Arguments.of(new RmsProp(0.01, 0.9, 1e-7), new RmsProp(0.002, 0.8, 1e-3)),
        Arguments.of(new Adam(0.01, 0.9, 0.999, 1e-8), new Adam(0.002, 0.8, 0.99, 1e-3)));
  }

  /** Two layers of 7957 and 2278 parameters, each with an updater of its own. */
  private static MultiLayerNetwork network(IUpdater first, IUpdater second) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new DenseLayer.Builder().nIn(73).nOut(109).updater(first).build())
                .layer(new OutputLayer.Builder().nIn(109).nOut(21).updater(second).build())
                .build());
    network.init();
    network.initGradientsView();
    return network;
  }

  private static List<UpdaterBlock> blocks(MultiLayerNetwork network) {
    return ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks();
  }

  private static void update(MultiLayerNetwork network, INDArray gradient, int iteration) {
    network.getFlattenedGradients().assign(gradient);
    network.setGradient(new DefaultGradient(network.getFlattenedGradients()));
    network
        .getUpdater()
        .update(network, network.gradient(), iteration, 0, 50, LayerWorkspaceMgr.noWorkspaces());
  }

  private static void same(INDArray actual, INDArray expected) {
    float[] values = actual.toFloatVector();
    float[] wanted = expected.toFloatVector();
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      double difference = Math.abs((double) values[i] - wanted[i]);
      largest = Math.max(largest, difference == 0 ? 0 : difference / Math.abs(wanted[i]));
    }
    assertThat(values).hasSameSizeAs(wanted);
    assertThat(largest).as("largest relative difference").isLessThan(1e-6);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void stepsAndStateAreThoseOfNd4j(IUpdater first, IUpdater second) {
    MultiLayerNetwork stock = network(first.clone(), second.clone());
    MultiLayerNetwork ours = Optimisers.accelerate(network(first, second));
    INDArray state = ours.getUpdater().getStateViewArray();
    INDArray means = Nd4j.randn(1, stock.numParams());
    for (int iteration = 0; iteration < 20; iteration++) {
      // Of all sizes, some of them 0; with a mean of its own each, so that no running mean of them
      // is the rounded difference of large numbers.
      INDArray gradient = Nd4j.rand(DataType.FLOAT, 1, stock.numParams()).addi(0.5).muli(means);
      gradient.muli(gradient.dup()).muli(means);
      gradient.putScalar(iteration, 0);
      update(stock, gradient, iteration);
      update(ours, gradient, iteration);

      same(ours.getFlattenedGradients(), stock.getFlattenedGradients());
      same(state, stock.getUpdater().getStateViewArray());
    }
    assertThat(ours.getUpdater().getStateViewArray()).isSameAs(state);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void theyTakeThePlaceOfNd4js(IUpdater first, IUpdater second) {
    Class<?> stock = blocks(network(first, second)).get(0).getGradientUpdater().getClass();

    assertThat(blocks(Optimisers.accelerate(network(first, second))))
        .hasSize(2)
        .allSatisfy(
            block ->
                assertThat(block.getGradientUpdater())
                    .isInstanceOf(stock)
                    .isNotExactlyInstanceOf(stock));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void aStateThatIsWrittenFromOutsideIsUsed(IUpdater first, IUpdater second) {
    MultiLayerNetwork stock = network(first.clone(), second.clone());
    MultiLayerNetwork ours = Optimisers.accelerate(network(first, second));
    INDArray state = Nd4j.rand(DataType.FLOAT, 1, stock.getUpdater().getStateViewArray().length());
    INDArray gradient = Nd4j.rand(DataType.FLOAT, 1, stock.numParams());
    stock.getUpdater().setStateViewArray(null, state, false);
    ours.getUpdater().setStateViewArray(null, state, false);
    update(stock, gradient, 100);
    update(ours, gradient, 100);

    same(ours.getFlattenedGradients(), stock.getFlattenedGradients());
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void otherArraysGoToNd4j(IUpdater settings) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      INDArray state = Nd4j.zeros(type, 1, settings.stateSize(5));
      INDArray expectedState = state.dup();
      INDArray table = Nd4j.rand(type, 5, 3);
      INDArray spread = table.dup().transpose().getRow(1, true);
      INDArray expected = table.dup().transpose().getRow(1, true);
      accelerated(updater(settings, state)).applyUpdater(spread, 3, 0);
      updater(settings, expectedState).applyUpdater(expected, 3, 0);

      same(spread, expected);
      same(state, expectedState);
    }
  }

  private static GradientUpdater<?> updater(IUpdater settings, INDArray state) {
    return settings.instantiate(state, true);
  }

  private static GradientUpdater<?> accelerated(GradientUpdater<?> stock) {
    return Optimisers.names().stream()
        .flatMap(name -> Optimisers.named(name).orElseThrow().accelerated(stock).stream())
        .findFirst()
        .orElseThrow();
  }

  /** The first step of Adam is the learning rate towards the gradient's sign. */
  @Test
  void adamsStepsAreThoseOfThePaper() {
    Adam settings = new Adam(0.01, 0.9, 0.999, 1e-8);
    GradientUpdater<?> adam = accelerated(updater(settings, Nd4j.zeros(DataType.FLOAT, 1, 4)));
    INDArray first = Nd4j.createFromArray(new float[][] {{2, -0.5f}});
    adam.applyUpdater(first, 0, 0);
    INDArray second = Nd4j.createFromArray(new float[][] {{1, 1}});
    adam.applyUpdater(second, 1, 0);

    assertThat(first.ravel().toDoubleVector())
        .containsExactly(new double[] {0.01, -0.01}, within(1e-6));
    // Means .9 (.1 * 2) + .1 = .28 and .055, over 1 - .81; squares .999 (.001 * 4) + .001 = .004996
    // and .00124975, over 1 - .998001.
    assertThat(second.ravel().toDoubleVector())
        .containsExactly(
            new double[] {
              0.01 * (0.28 / 0.19) / Math.sqrt(0.004996 / 0.001999),
              0.01 * (0.055 / 0.19) / Math.sqrt(0.00124975 / 0.001999)
            },
            within(1e-6));
  }

  @Test
  void otherUpdatersStay() {
    MultiLayerNetwork network = Optimisers.accelerate(network(new RmsProp(0.01), new AdaMax(0.01)));

    assertThat(blocks(network).get(1).getGradientUpdater())
        .isExactlyInstanceOf(AdaMaxUpdater.class);
  }

  @Test
  void eachOptimiserIsFoundByItsName() {
    assertThat(Optimisers.names()).containsExactly("rmsprop", "adam");
    assertThat(Optimisers.named("rmsprop")).contains(Optimisers.DEFAULT);
    assertThat(Optimisers.named("adam").map(adam -> adam.updater(0.003)))
        .isEqualTo(Optional.of(new Adam(0.003, 0.9, 0.999, 1e-8)));
    assertThat(Optimisers.DEFAULT.updater(0.003)).isEqualTo(new RmsProp(0.003, 0.9, 1e-7));
    assertThat(Optimisers.named("sgd")).isEmpty();
  }
}
