package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.LstmImplementation;

class RoundStartTest {
  private static final RoundSettings SETTINGS = new RoundSettings(0.004, 7);

  private static MultiLayerNetwork model() {
    return NetworkBuilder.build(new NetworkSettings(List.of(4), 0.2, 0), 5, 3, 0.01, 1);
  }

  private static GradientUpdater<?> updater(MultiLayerNetwork network) {
    return ((MultiLayerUpdater) network.getUpdater())
        .getUpdaterBlocks()
        .get(0)
        .getGradientUpdater();
  }

  private static IDropout dropout(MultiLayerNetwork network) {
    return network.getLayer(1).conf().getLayer().getIDropout();
  }

  @Test
  void aWorkersNetworkIsFastAndTheModelStaysDl4js() {
    MultiLayerNetwork model = model();
    String before = model.getLayerWiseConfigurations().toJson();
    MultiLayerNetwork worker =
        RoundStart.of("a", LstmImplementation.FAST, SETTINGS, model).newNetwork();

    assertThat(updater(worker)).isInstanceOf(BlockwiseRmsProp.class);
    assertThat(dropout(worker)).isInstanceOf(CounterBasedDropout.class);
    assertThat(model.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    assertThat(updater(model)).isExactlyInstanceOf(RmsPropUpdater.class);
    assertThat(dropout(model)).isExactlyInstanceOf(Dropout.class);
  }

  @Test
  void withDl4jsLayersAllOfItIsDl4js() {
    MultiLayerNetwork worker =
        RoundStart.of("a", LstmImplementation.DL4J, SETTINGS, model()).newNetwork();

    assertThat(updater(worker)).isExactlyInstanceOf(RmsPropUpdater.class);
    assertThat(dropout(worker)).isExactlyInstanceOf(Dropout.class);
  }

  @ParameterizedTest
  @EnumSource(LstmImplementation.class)
  void theRoundsSettingsArriveToo(LstmImplementation lstm) {
    MultiLayerNetwork model = model();
    RoundStart start = RoundStart.of("a", lstm, SETTINGS, model);
    MultiLayerNetwork worker = start.newNetwork();
    start.copyTo(worker);
    INDArray gradient = Nd4j.ones(DataType.FLOAT, 1, model.numParams());
    updater(worker).applyUpdater(gradient, 0, 0);

    // The mean square of ones is 0.1 after the first step.
    assertThat(gradient.getDouble(3)).isCloseTo(0.004 / Math.sqrt(0.1), within(1e-6));
    assertThat(worker.getLayerWiseConfigurations().getTbpttFwdLength()).isEqualTo(7);
    assertThat(worker.getLayerWiseConfigurations().getTbpttBackLength()).isEqualTo(7);
    assertThat(((RmsPropUpdater) updater(model)).getConfig().getLearningRate()).isEqualTo(0.01);
  }

  @Test
  void parametersAndStateArriveInTheWorkersNetwork() {
    MultiLayerNetwork model = model();
    model.getUpdater().getStateViewArray().assign(Nd4j.rand(DataType.FLOAT, model.numParams()));
    RoundStart start = RoundStart.of("a", LstmImplementation.FAST, SETTINGS, model);
    MultiLayerNetwork worker = start.newNetwork();
    worker.params().assign(0);
    start.copyTo(worker);

    assertThat(worker.params()).isEqualTo(model.params());
    assertThat(worker.getUpdater().getStateViewArray())
        .isEqualTo(model.getUpdater().getStateViewArray());
  }
}
