package syscallanomaly.train.optimiser;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * RMSprop (Tieleman and Hinton: Neural networks for machine learning, lecture 6.5, 2012), with the
 * decay of .9 and the epsilon of 1e-7 of Keras.
 */
public record RmsPropOptimiser() implements Optimiser {
  private static final double DECAY = 0.9;
  private static final double EPSILON = 1e-7;

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public IUpdater updater(double learningRate) {
    return new RmsProp(learningRate, DECAY, EPSILON);
  }

  @Override
  public Optional<GradientUpdater<?>> accelerated(GradientUpdater<?> stock) {
    return stock instanceof RmsPropUpdater own
        ? Optional.of(new Accelerated(own))
        : Optional.empty();
  }

  /** Computes what ND4J's {@code rms_prop_updater} does. The state stays in DL4J's arrays. */
  static final class Accelerated extends RmsPropUpdater {
    private final Blocks blocks = new Blocks(2);

    Accelerated(RmsPropUpdater stock) {
      super(stock.getConfig());
      setLastGradient(stock.getLastGradient());
      setGradientReshapeOrder(stock.getGradientReshapeOrder());
    }

    /**
     * Replaces the gradient by the update, which is then subtracted from the parameters.
     *
     * @param gradient DL4J's gradient, single precision and contiguous; any other array is left to
     *     DL4J
     * @param iteration number of updates before this one
     * @param epoch DL4J's number of the epoch
     */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      if (!Blocks.reach(gradient, getLastGradient())) {
        super.applyUpdater(gradient, iteration, epoch);
        return;
      }
      float rate = (float) getConfig().getLearningRate(iteration, epoch);
      float decay = (float) getConfig().getRmsDecay();
      float epsilon = (float) getConfig().getEpsilon();
      blocks.update(
          (values, count) -> updateBlock(values[0], values[1], count, rate, decay, epsilon),
          gradient,
          getLastGradient());
    }

    /**
     * Updates a block. With the gradient g, the running mean of its square becomes m = decay m + (1
     * - decay) g^2. The update is r g / (sqrt(m) + epsilon), where r is the learning rate. Epsilon
     * is added outside of the root, as in ND4J.
     */
    private static void updateBlock(
        float[] gradients, float[] meanSquares, int count, float rate, float decay, float epsilon) {
      // The loop has its own method so that Java compiles it to vector instructions.
      float share = 1 - decay;
      for (int i = 0; i < count; i++) {
        float gradient = gradients[i];
        float meanSquare = meanSquares[i] * decay + gradient * gradient * share;
        meanSquares[i] = meanSquare;
        gradients[i] = rate * gradient / ((float) Math.sqrt(meanSquare) + epsilon);
      }
    }
  }
}
