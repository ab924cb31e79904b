package syscallanomaly.train;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * A network's loss with a weight for every prediction, on the worker that trains it; the model that
 * is kept has the plain loss. Also counts the right predictions: whoever wants the gradient of the
 * loss has the output layer's sums at hand.
 *
 * <p>DL4J would take weights as the mask of the output layer. But it multiplies the layer's sums by
 * the mask too, before softmax, which is right for 0 and 1 alone.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;
  private double correct;

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

  double totalWeight() {
    return weights.sumNumber().doubleValue();
  }

  /** Sum of the weights of the right predictions where a gradient was last asked for. */
  double correct() {
    return correct;
  }

  private void countCorrect(INDArray labels, INDArray preOutput) {
    int[] predicted = preOutput.argMax(1).toIntVector();
    INDArray actual = loss instanceof LossSparseMCXENT ? labels : labels.argMax(1);
    correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      if (predicted[i] == actual.getInt(i)) {
        correct += weights.getFloat(i);
      }
    }
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
    countCorrect(labels, preOutput);
    return loss.computeGradient(labels, preOutput, activation, weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    countCorrect(labels, preOutput);
    return loss.computeGradientAndScore(labels, preOutput, activation, weights, average);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
