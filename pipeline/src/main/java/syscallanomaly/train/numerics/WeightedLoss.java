package syscallanomaly.train.numerics;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import syscallanomaly.model.lstm.NativeValues;

/**
 * A network's loss, the cross-entropy of softmax, with a weight for every prediction, on the worker
 * that trains it; the model that is kept has the plain loss. Also counts the right predictions.
 *
 * <p>DL4J would take weights as the mask of the output layer. But it multiplies the layer's sums by
 * the mask too, before softmax, which is right for 0 and 1 alone. And it takes softmax twice, once
 * for the gradient and once for the loss, each several times as slow as {@link
 * SoftmaxCrossEntropy}.
 */
public final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;
  private transient SoftmaxCrossEntropy entropy;
  private boolean known;

  private WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** Gives weights to the loss of a network. */
  public static WeightedLoss of(MultiLayerNetwork network) {
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
  public void setWeights(INDArray weightOfPrediction) {
    weights = weightOfPrediction.reshape('f', weightOfPrediction.length(), 1);
    known = false;
  }

  public double totalWeight() {
    return weights.sumNumber().doubleValue();
  }

  /** Sum of the weights of the right predictions where a gradient was last asked for. */
  public double correct() {
    return entropy.correct();
  }

  /** Takes softmax once for all that is asked about predictions of the same weights. */
  private void know(INDArray labels, INDArray preOutput) {
    if (known) {
      return;
    }
    if (entropy == null) {
      entropy = new SoftmaxCrossEntropy();
    }
    boolean oneHot = labels.length() == preOutput.length();
    entropy.compute(
        preOutput,
        (oneHot ? labels.argMax(1) : labels).toIntVector(),
        NativeValues.read(weights, new float[0]));
    known = true;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    know(labels, preOutput);
    return average ? entropy.loss() / preOutput.size(0) : entropy.loss();
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, weights);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    know(labels, preOutput);
    INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, preOutput.shape(), 'f');
    NativeValues.write(entropy.gradient(), gradient);
    return gradient;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }
}
