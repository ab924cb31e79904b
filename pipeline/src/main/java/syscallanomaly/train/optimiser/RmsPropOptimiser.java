package syscallanomaly.train.optimiser;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * RMSprop (Tieleman and Hinton: Neural networks for machine learning, lecture 6.5, 2012), with the
 * decay of .9 and the epsilon of 1e-7 that Keras takes.
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

  /** ND4J's {@code rms_prop_updater}. The state stays where DL4J keeps it. */
  static final class Accelerated extends RmsPropUpdater {
    private final Blocks blocks = new Blocks(2);

    Accelerated(RmsPropUpdater stock) {
      super(stock.getConfig());
      setLastGradient(stock.getLastGradient());
      setGradientReshapeOrder(stock.getGradientReshapeOrder());
    }

    /**
     * Replaces the gradient by the step to subtract from the parameters.
     *
     * @param gradient single precision in one piece as DL4J's are; others go to DL4J
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
          (values, count) -> step(values[0], values[1], count, rate, decay, epsilon),
          gradient,
          getLastGradient());
    }

    /**
     * Of the gradient g and the running mean m of its square, the step is r g / (sqrt(m) + epsilon)
     * at a learning rate of r; epsilon stands outside of the root as in ND4J.
     */
    private static void step(
        float[] gradients, float[] meanSquares, int count, float rate, float decay, float epsilon) {
      // A loop of its own, which Java compiles to vector instructions.
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
