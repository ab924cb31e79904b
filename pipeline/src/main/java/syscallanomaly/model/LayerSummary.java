package syscallanomaly.model;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * One of a network's layers that have parameters.
 *
 * @param name kind and size, such as {@code LSTM 64}
 * @param parameters number of parameters that training sets
 */
public record LayerSummary(String name, long parameters) {

  /** The layers with parameters, first to last. */
  public static List<LayerSummary> of(MultiLayerNetwork network) {
    List<LayerSummary> summaries = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        summaries.add(new LayerSummary(name(layer), layer.numParams()));
      }
    }
    return List.copyOf(summaries);
  }

  private static String name(Layer layer) {
    boolean recurrent = layer.getParam("RW") != null;
    if (recurrent) {
      return "LSTM " + layer.getParam("RW").size(0);
    }
    long outputs = layer.getParam("W").size(1);
    return layer.getParam("b") == null ? "embedding " + outputs : "softmax " + outputs;
  }
}
