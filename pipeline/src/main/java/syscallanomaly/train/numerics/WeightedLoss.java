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
 * The cross-entropy of softmax with a weight for every prediction. It replaces a network's loss on
 * the worker that trains it, and also sums the weights of correct predictions. The saved model has
 * the plain loss.
 *
 * <p>Order of use:
 *
 * <ol>
 *   <li>{@link #of} installs the loss in a network.
 *   <li>{@link #setWeights} sets the weights of the next predictions.
 *   <li>The network computes gradient and score, which calls {@link #computeGradientAndScore}.
 *   <li>{@link #totalWeight} and {@link #correct} tell the sums over these predictions.
 * </ol>
 *
 * <p>Steps 2 to 4 are repeated for each batch.
 *
 * <p>DL4J could take the weights as the mask of the output layer. But it also multiplies the
 * layer's sums by the mask before softmax, which is right only for weights of 0 and 1. And it
 * computes softmax twice, once for the gradient and once for the loss, each time several times as
 * slow as {@link SoftmaxCrossEntropy}.
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

  /** Installs a weighted loss in a network, or returns the one that it has. */
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
   * Sets the weights of the next predictions. This must be called before each batch.
   *
   * @param weightOfPrediction at least two weights in the order of the output layer's rows; a row
   *     is a window, or a time step of a trace
   */
  public void setWeights(INDArray weightOfPrediction) {
    weights = weightOfPrediction.reshape('f', weightOfPrediction.length(), 1);
    known = false;
  }

  /** Sum of the weights of the predictions. */
  public double totalWeight() {
    return weights.sumNumber().doubleValue();
  }

  /**
   * Sum of the weights of the correct predictions in the last batch whose loss or gradient was
   * computed.
   */
  public double correct() {
    return entropy.correct();
  }

  /**
   * Computes softmax once for a batch: loss and gradient share the result until the weights change.
   */
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
