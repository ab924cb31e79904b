package syscallanomaly.train.state;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.lstm.NativeValues;

/**
 * What training changes in a network. Arrays are single-precision bytes in this machine's order.
 *
 * @param parameters all parameters, in DL4J's order
 * @param updaterState state of the updater, in DL4J's order
 * @param iterations number of updates since the beginning of the training
 */
public record NetworkState(byte[] parameters, byte[] updaterState, int iterations) {

  public static NetworkState of(MultiLayerNetwork network) {
    return new NetworkState(
        NativeValues.readBytes(network.params()),
        NativeValues.readBytes(network.getUpdater().getStateViewArray()),
        network.getLayerWiseConfigurations().getIterationCount());
  }

  public void copyTo(MultiLayerNetwork network) {
    network.setParameters(array(parameters));
    network.getUpdater().setStateViewArray(null, array(updaterState), false);
    network.getLayerWiseConfigurations().setIterationCount(iterations);
  }

  /** Turns bytes into an array of shape [1, numbers]. */
  public static INDArray array(byte[] numbers) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, 1, numbers.length / Float.BYTES);
    NativeValues.writeBytes(numbers, array);
    return array;
  }
}
