package syscallanomaly.train.numerics;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.RmsPropUpdater;
import syscallanomaly.model.lstm.NativeValues;

/**
 * DL4J's RMSprop, several times as fast, on the worker that trains; the model that is kept names
 * DL4J's own.
 *
 * <p>Of the gradient g and the running mean m of its square, the step is r g / (sqrt(m) + epsilon)
 * at a learning rate of r (Tieleman and Hinton: Neural networks for machine learning, lecture 6.5,
 * 2012), epsilon outside of the root as in ND4J's operation {@code rms_prop_updater}. The state
 * stays where DL4J keeps it.
 */
public final class BlockwiseRmsProp extends RmsPropUpdater {
  /** Values at a time: gradient and state together lie in a first-level cache of 32 kB. */
  private static final int BLOCK = 2048;

  private final float[] gradients = new float[BLOCK];
  private final float[] meanSquares = new float[BLOCK];

  BlockwiseRmsProp(RmsPropUpdater stock) {
    super(stock.getConfig());
    setLastGradient(stock.getLastGradient());
    setGradientReshapeOrder(stock.getGradientReshapeOrder());
  }

  /** Takes the place of DL4J's RMSprop in a network; other updaters stay. Returns the network. */
  public static MultiLayerNetwork install(MultiLayerNetwork network) {
    MultiLayerUpdater updater = (MultiLayerUpdater) network.getUpdater();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      if (block.getGradientUpdater() instanceof RmsPropUpdater stock) {
        block.setGradientUpdater(new BlockwiseRmsProp(stock));
      }
    }
    return network;
  }

  /**
   * Replaces the gradient by the step to subtract from the parameters.
   *
   * @param gradient single precision in one piece as DL4J's are; others go to DL4J
   */
  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    if (!NativeValues.inOnePiece(gradient) || !NativeValues.inOnePiece(getLastGradient())) {
      super.applyUpdater(gradient, iteration, epoch);
      return;
    }
    float rate = (float) getConfig().getLearningRate(iteration, epoch);
    float decay = (float) getConfig().getRmsDecay();
    float epsilon = (float) getConfig().getEpsilon();
    FloatPointer gradientMemory = NativeValues.memory(gradient);
    FloatPointer stateMemory = NativeValues.memory(getLastGradient());
    long length = gradient.length();
    for (long from = 0; from < length; from += BLOCK) {
      int count = (int) Math.min(BLOCK, length - from);
      gradientMemory.position(from).get(gradients, 0, count);
      stateMemory.position(from).get(meanSquares, 0, count);
      step(gradients, meanSquares, count, rate, decay, epsilon);
      gradientMemory.put(gradients, 0, count);
      stateMemory.put(meanSquares, 0, count);
    }
  }

  /** A loop of its own, which Java compiles to vector instructions. */
  private static void step(
      float[] gradients, float[] meanSquares, int count, float rate, float decay, float epsilon) {
    float share = 1 - decay;
    for (int i = 0; i < count; i++) {
      float gradient = gradients[i];
      float meanSquare = meanSquares[i] * decay + gradient * gradient * share;
      meanSquares[i] = meanSquare;
      gradients[i] = rate * gradient / ((float) Math.sqrt(meanSquare) + epsilon);
    }
  }
}
