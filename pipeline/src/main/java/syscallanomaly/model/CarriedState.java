package syscallanomaly.model;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What a network's LSTMs remember of the calls that they have read. Each trace has one row. */
public final class CarriedState {
  private CarriedState() {}

  /** Forgets everything, so that new traces can begin. */
  public static void clear(MultiLayerNetwork network) {
    network.rnnClearPreviousState();
  }

  /** Keeps the first rows and forgets the others, whose traces have ended. */
  public static void keepRows(MultiLayerNetwork network, int rows) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        recurrent.rnnSetPreviousState(firstRows(recurrent.rnnGetPreviousState(), rows));
        recurrent.rnnSetTBPTTState(firstRows(recurrent.rnnGetTBPTTState(), rows));
      }
    }
  }

  private static Map<String, INDArray> firstRows(Map<String, INDArray> state, int rows) {
    Map<String, INDArray> kept = new HashMap<>();
    state.forEach(
        (name, values) ->
            kept.put(
                name, values.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all()).dup('f')));
    return kept;
  }
}
