package syscallanomaly.train;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A network's loss with a weight for every prediction, on the worker that trains it; the model that
 * is kept has the plain loss.
 *
 * <p>DL4J would take weights as the mask of the output layer. But it multiplies the layer's sums by
 * the mask too, before softmax, which is right for 0 and 1 alone.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;

  private WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** Gives weights to the loss of a network. */
  static WeightedLoss of(MultiLayerNetwork network) {
    BaseOutputLayer layer = (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
    if (layer.getLossFn() instanceof WeightedLoss weighted) {
      return weighted;
    }
    WeightedLoss weighted = new WeightedLoss(layer.getLossFn());
    layer.setLossFn(weighted);
    return weighted;
  }

  /**
   * Sets the weights of the predictions that come next.
   *
   * @param weightOfPrediction in the order of the output layer's rows, windows or steps by traces;
   *     at least two
   */
  void setWeights(INDArray weightOfPrediction) {
    weights = weightOfPrediction.reshape('f', weightOfPrediction.length(), 1);
  }

  float weight(int prediction) {
    return weights.getFloat(prediction);
  }

  double totalWeight() {
    return weights.sumNumber().doubleValue();
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, preOutput, activation, weights, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, weights);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeGradient(labels, preOutput, activation, weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeGradientAndScore(labels, preOutput, activation, weights, average);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
