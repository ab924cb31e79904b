package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/** Against ND4J's own RMSprop. */
class BlockwiseRmsPropTest {
  /** Two layers of 7957 and 2278 parameters, each with its own learning rate. */
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

  private static MultiLayerNetwork network() {
    return network(new RmsProp(0.01, 0.9, 1e-7), new RmsProp(0.002, 0.8, 1e-3));
  }

  private static List<UpdaterBlock> blocks(MultiLayerNetwork network) {
    return ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks();
  }

  private static void update(MultiLayerNetwork network, INDArray gradient) {
    network.getFlattenedGradients().assign(gradient);
    network.setGradient(new DefaultGradient(network.getFlattenedGradients()));
    network
        .getUpdater()
        .update(network, network.gradient(), 0, 0, 50, LayerWorkspaceMgr.noWorkspaces());
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

  @Test
  void stepsAndStateAreThoseOfNd4j() {
    MultiLayerNetwork stock = network();
    MultiLayerNetwork ours = BlockwiseRmsProp.install(network());
    assertThat(blocks(ours))
        .hasSize(2)
        .allMatch(block -> block.getGradientUpdater() instanceof BlockwiseRmsProp);
    INDArray state = ours.getUpdater().getStateViewArray();
    for (int step = 0; step < 4; step++) {
      // Of all sizes, some of them 0.
      INDArray gradient = Nd4j.randn(1, stock.numParams());
      gradient.muli(gradient.dup()).muli(gradient.dup());
      gradient.putScalar(step, 0);
      update(stock, gradient);
      update(ours, gradient);

      same(ours.getFlattenedGradients(), stock.getFlattenedGradients());
      same(state, stock.getUpdater().getStateViewArray());
    }
    assertThat(ours.getUpdater().getStateViewArray()).isSameAs(state);
  }

  @Test
  void aStateThatIsWrittenFromOutsideIsUsed() {
    MultiLayerNetwork stock = network();
    MultiLayerNetwork ours = BlockwiseRmsProp.install(network());
    INDArray state = Nd4j.rand(DataType.FLOAT, 1, stock.numParams());
    INDArray gradient = Nd4j.randn(1, stock.numParams());
    stock.getUpdater().setStateViewArray(null, state, false);
    ours.getUpdater().setStateViewArray(null, state, false);
    update(stock, gradient);
    update(ours, gradient);

    same(ours.getFlattenedGradients(), stock.getFlattenedGradients());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void otherArraysGoToNd4j(DataType type) {
    RmsProp settings = new RmsProp(0.01, 0.9, 1e-7);
    RmsPropUpdater stock = updater(settings, type);
    BlockwiseRmsProp ours = new BlockwiseRmsProp(updater(settings, type));
    INDArray table = Nd4j.randn(type, 5, 3);
    INDArray column = table.dup().getColumn(1);
    INDArray expected = table.dup().getColumn(1);
    ours.applyUpdater(column, 0, 0);
    stock.applyUpdater(expected, 0, 0);

    same(column, expected);
    same(ours.getLastGradient(), stock.getLastGradient());
  }

  private static RmsPropUpdater updater(RmsProp settings, DataType type) {
    return (RmsPropUpdater) settings.instantiate(Nd4j.create(type, 5), true);
  }

  @Test
  void otherUpdatersStay() {
    MultiLayerNetwork network = BlockwiseRmsProp.install(network(new RmsProp(0.01), new Adam()));

    assertThat(blocks(network).get(0).getGradientUpdater()).isInstanceOf(BlockwiseRmsProp.class);
    assertThat(blocks(network).get(1).getGradientUpdater()).isInstanceOf(AdamUpdater.class);
  }
}
