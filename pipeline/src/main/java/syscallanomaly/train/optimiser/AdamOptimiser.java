package syscallanomaly.train.optimiser;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Adam with its authors' constants (Kingma and Ba: Adam: a method for stochastic optimization,
 * 2015, algorithm 1).
 */
public record AdamOptimiser() implements Optimiser {
  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public IUpdater updater(double learningRate) {
    return new Adam(learningRate, MEAN_DECAY, SQUARE_DECAY, EPSILON);
  }

  @Override
  public Optional<GradientUpdater<?>> accelerated(GradientUpdater<?> stock) {
    return stock instanceof AdamUpdater own ? Optional.of(new Accelerated(own)) : Optional.empty();
  }

  /** Computes what ND4J's {@code adam_updater} does. The state stays in DL4J's arrays. */
  static final class Accelerated extends AdamUpdater {
    private final Blocks blocks = new Blocks(3);

    Accelerated(AdamUpdater stock) {
      super(stock.getConfig());
      setM(stock.getM());
      setV(stock.getV());
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
      if (!Blocks.reach(gradient, getM(), getV())) {
        super.applyUpdater(gradient, iteration, epoch);
        return;
      }
      float meanDecay = (float) getConfig().getBeta1();
      float squareDecay = (float) getConfig().getBeta2();
      float epsilon = (float) getConfig().getEpsilon();
      float rate = correctedRate(iteration + 1, epoch);
      blocks.update(
          (values, count) ->
              updateBlock(
                  values[0], values[1], values[2], count, rate, meanDecay, squareDecay, epsilon),
          gradient,
          getM(),
          getV());
    }

    /**
     * The corrected learning rate of the t-th update, r sqrt(1 - beta2^t) / (1 - beta1^t), where r
     * is the learning rate. The factor removes the bias of the running means, which begin at 0
     * (section 2 of the paper). Powers are in single precision, as in ND4J. A warm-up begins with a
     * rate of 0, which gives an update of 0. ND4J would use epsilon in place of that rate.
     */
    private float correctedRate(int update, int epoch) {
      float meanPower = (float) Math.pow((float) getConfig().getBeta1(), update);
      float squarePower = (float) Math.pow((float) getConfig().getBeta2(), update);
      float rate = (float) getConfig().getLearningRate(update - 1, epoch);
      return (float) (rate * (float) Math.sqrt(1.0 - squarePower) / (1.0 - meanPower));
    }

    /**
     * Updates a block. With the gradient g, its running mean becomes m = beta1 m + (1 - beta1) g,
     * and the running mean of its square becomes v = beta2 v + (1 - beta2) g^2. The update is r m /
     * (sqrt(v) + epsilon), where r is the corrected learning rate. Epsilon is the paper's epsilon
     * hat, as in ND4J.
     */
    private static void updateBlock(
        float[] gradients,
        float[] means,
        float[] meanSquares,
        int count,
        float rate,
        float meanDecay,
        float squareDecay,
        float epsilon) {
      // The loop has its own method so that Java compiles it to vector instructions.
      float meanShare = 1 - meanDecay;
      float squareShare = 1 - squareDecay;
      for (int i = 0; i < count; i++) {
        float gradient = gradients[i];
        float mean = means[i] * meanDecay + gradient * meanShare;
        float meanSquare = meanSquares[i] * squareDecay + gradient * gradient * squareShare;
        means[i] = mean;
        meanSquares[i] = meanSquare;
        gradients[i] = mean * rate / ((float) Math.sqrt(meanSquare) + epsilon);
      }
    }
  }
}
