package syscallanomaly.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Begins a training with what another model has learned. All parameters are carried over that do
 * not belong to a call, and of the others those of the calls that both vocabularies hold, whatever
 * their indices are. The parameters of a new call stay as the seed has drawn them.
 *
 * <p>The first layer with parameters has a row for each call, and the softmax has a column and a
 * bias for each call. Index 0, which stands for unknown calls, is carried over.
 *
 * @param network trained network
 * @param vocabulary vocabulary that it was trained with
 */
public record WarmStart(MultiLayerNetwork network, Vocabulary vocabulary) {

  /**
   * Says whether a network has the same layers as this one, however many calls either tells apart.
   */
  public boolean fits(MultiLayerNetwork other, Vocabulary vocabularyOfOther) {
    List<Layer> from = withParameters(network);
    List<Layer> to = withParameters(other);
    if (from.size() != to.size()) {
      return false;
    }
    for (int layer = 0; layer < from.size(); layer++) {
      Map<String, INDArray> parameters = from.get(layer).paramTable();
      Map<String, INDArray> others = to.get(layer).paramTable();
      if (!parameters.keySet().equals(others.keySet())) {
        return false;
      }
      int calls = callDimension(layer, from.size());
      for (Map.Entry<String, INDArray> entry : parameters.entrySet()) {
        long[] shape = entry.getValue().shape().clone();
        if (holdsCalls(entry.getKey(), calls)) {
          shape[calls] += vocabularyOfOther.size() - vocabulary.size();
        }
        if (!Arrays.equals(shape, others.get(entry.getKey()).shape())) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Carries parameters over to a network that has just been initialised.
   *
   * @param other network with the same layers, see {@link #fits}
   * @param vocabularyOfOther vocabulary that it will be trained with
   * @return number of calls, of those that the other vocabulary holds, that the model knows
   */
  public int carryOver(MultiLayerNetwork other, Vocabulary vocabularyOfOther) {
    List<Layer> from = withParameters(network);
    List<Layer> to = withParameters(other);
    for (int layer = 0; layer < from.size(); layer++) {
      int calls = callDimension(layer, from.size());
      for (Map.Entry<String, INDArray> entry : from.get(layer).paramTable().entrySet()) {
        INDArray target = to.get(layer).getParam(entry.getKey());
        if (holdsCalls(entry.getKey(), calls)) {
          carryOver(entry.getValue(), target, calls, vocabularyOfOther);
        } else {
          target.assign(entry.getValue());
        }
      }
    }
    int known = 0;
    for (int index = 1; index < vocabularyOfOther.size(); index++) {
      known += vocabulary.holds(vocabularyOfOther.callAt(index)) ? 1 : 0;
    }
    return known;
  }

  private void carryOver(INDArray from, INDArray to, int calls, Vocabulary vocabularyOfOther) {
    for (int index = 0; index < vocabularyOfOther.size(); index++) {
      boolean unknown = index == Vocabulary.UNKNOWN;
      if (unknown || vocabulary.holds(vocabularyOfOther.callAt(index))) {
        int known = unknown ? index : vocabulary.indexOf(vocabularyOfOther.callAt(index));
        slice(to, calls, index).assign(slice(from, calls, known));
      }
    }
  }

  private static INDArray slice(INDArray parameters, int dimension, int index) {
    return dimension == 0 ? parameters.getRow(index) : parameters.getColumn(index);
  }

  /** The dimension of a layer's input weights that has an entry for each call; -1 for none. */
  private static int callDimension(int layer, int layers) {
    if (layer == 0) {
      return 0;
    }
    return layer == layers - 1 ? 1 : -1;
  }

  /** Recurrent weights and the biases of all layers but the softmax belong to no call. */
  private static boolean holdsCalls(String parameter, int calls) {
    return switch (parameter) {
      case "W" -> calls >= 0;
      case "b" -> calls == 1;
      default -> false;
    };
  }

  private static List<Layer> withParameters(MultiLayerNetwork network) {
    return List.of(network.getLayers()).stream().filter(layer -> layer.numParams() > 0).toList();
  }
}
