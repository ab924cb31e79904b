package syscallanomaly.model.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.lstm.LstmImplementation;

/**
 * Installs fast layers in a DL4J network, or DL4J's own. Parameters, configuration and gradients of
 * the network stay where they are, and a saved model names DL4J's own layers.
 *
 * <p>The arrays between fast layers have the shape [batch, size, time steps] and are contiguous in
 * Fortran order. So no layer must copy its input into another order, which ND4J does slowly.
 */
public final class FastLayers {
  private FastLayers() {}

  /**
   * Installs the layers of an implementation. {@link LstmImplementation#FAST} also makes the
   * embedding and the output layer over time steps fast. {@link LstmImplementation#DL4J} leaves no
   * fast layer.
   *
   * @param network is changed in place
   * @return {@code network}
   */
  public static MultiLayerNetwork install(MultiLayerNetwork network, LstmImplementation lstm) {
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      Layer replacement = lstm == LstmImplementation.FAST ? fast(layers[i]) : dl4js(layers[i]);
      if (replacement != layers[i]) {
        takeOver((BaseLayer<?>) layers[i], (BaseLayer<?>) replacement, i);
        layers[i] = replacement;
      }
    }
    return lstm.installIn(network);
  }

  private static Layer fast(Layer layer) {
    if (layer.getClass() == EmbeddingSequenceLayer.class
        && FastEmbedding.covers((EmbeddingSequenceLayer) layer)) {
      return new FastEmbedding(layer.conf());
    }
    if (layer.getClass() == RnnOutputLayer.class && FastOutput.covers((RnnOutputLayer) layer)) {
      return new FastOutput(layer.conf());
    }
    return layer;
  }

  private static Layer dl4js(Layer layer) {
    if (layer instanceof FastEmbedding) {
      return new EmbeddingSequenceLayer(layer.conf(), FastEmbedding.TYPE);
    }
    if (layer instanceof FastOutput) {
      return new RnnOutputLayer(layer.conf(), FastOutput.TYPE);
    }
    return layer;
  }

  private static void takeOver(BaseLayer<?> from, BaseLayer<?> to, int index) {
    to.setIndex(index);
    to.setListeners(from.getListeners());
    to.setParamsViewArray(from.params());
    to.setParamTable(from.paramTable());
    if (from.getGradientsViewArray() != null) {
      to.setBackpropGradientsViewArray(from.getGradientsViewArray());
    }
    // DL4J allows it for every layer but the first.
    to.allowInputModification(index > 0);
  }
}
