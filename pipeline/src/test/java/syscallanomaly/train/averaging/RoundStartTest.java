package syscallanomaly.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import syscallanomaly.Kryo;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.numerics.CounterBasedDropout;

class RoundStartTest {
  private static MultiLayerNetwork model() {
    return NetworkBuilder.build(new NetworkSettings(List.of(4), 0.2, 0), 5, 3, rmsProp(0.01), 1);
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
    MultiLayerNetwork worker = RoundStart.of("a", LstmImplementation.FAST, model).newNetwork();

    assertThat(updater(worker)).isInstanceOf(RmsPropUpdater.class);
    assertThat(updater(worker)).isNotExactlyInstanceOf(RmsPropUpdater.class);
    assertThat(dropout(worker)).isInstanceOf(CounterBasedDropout.class);
    assertThat(model.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    assertThat(updater(model)).isExactlyInstanceOf(RmsPropUpdater.class);
    assertThat(dropout(model)).isExactlyInstanceOf(Dropout.class);
  }

  @Test
  void withDl4jsLayersAllOfItIsDl4js() {
    MultiLayerNetwork worker = RoundStart.of("a", LstmImplementation.DL4J, model()).newNetwork();

    assertThat(updater(worker)).isExactlyInstanceOf(RmsPropUpdater.class);
    assertThat(dropout(worker)).isExactlyInstanceOf(Dropout.class);
  }

  @Test
  void parametersAndStateArriveInTheWorkersNetwork() {
    MultiLayerNetwork model = model();
    model.getUpdater().getStateViewArray().assign(Nd4j.rand(DataType.FLOAT, model.numParams()));
    model.getLayerWiseConfigurations().setIterationCount(12);
    RoundStart start = RoundStart.of("a", LstmImplementation.FAST, model);
    MultiLayerNetwork worker = start.newNetwork();
    worker.params().assign(0);
    worker.getLayerWiseConfigurations().setIterationCount(3);
    start.copyTo(worker);

    assertThat(worker.params()).isEqualTo(model.params());
    assertThat(worker.getUpdater().getStateViewArray())
        .isEqualTo(model.getUpdater().getStateViewArray());
    assertThat(worker.getIterationCount()).isEqualTo(12);
  }

  /** Broadcasts travel through the serializer that Spark is told to use. */
  @ParameterizedTest
  @EnumSource(LstmImplementation.class)
  void kryoRestoresIt(LstmImplementation lstm) {
    MultiLayerNetwork model = model();
    RoundStart start = Kryo.copy(RoundStart.of("a", lstm, model));
    MultiLayerNetwork worker = start.newNetwork();
    worker.params().assign(0);
    start.copyTo(worker);

    assertThat(start.training()).isEqualTo("a");
    assertThat(worker.params()).isEqualTo(model.params());
  }
}
