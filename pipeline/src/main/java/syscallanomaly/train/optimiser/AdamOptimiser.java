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

  /** ND4J's {@code adam_updater}. The state stays where DL4J keeps it. */
  static final class Accelerated extends AdamUpdater {
    private final Blocks blocks = new Blocks(3);

    Accelerated(AdamUpdater stock) {
      super(stock.getConfig());
      setM(stock.getM());
      setV(stock.getV());
      setGradientReshapeOrder(stock.getGradientReshapeOrder());
    }

    /**
     * Replaces the gradient by the step to subtract from the parameters.
     *
     * @param gradient single precision in one piece as DL4J's are; others go to DL4J
     * @param iteration updates before this one
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
              step(values[0], values[1], values[2], count, rate, meanDecay, squareDecay, epsilon),
          gradient,
          getM(),
          getV());
    }

    /**
     * The learning rate times sqrt(1 - beta2^t) / (1 - beta1^t) in the t-th update: the running
     * means began at 0, and this takes their bias out (section 2 of the paper). Powers are taken in
     * single precision as ND4J takes them. A rate of 0, with which a warm-up begins, makes no step;
     * ND4J would take epsilon for it.
     */
    private float correctedRate(int update, int epoch) {
      float meanPower = (float) Math.pow((float) getConfig().getBeta1(), update);
      float squarePower = (float) Math.pow((float) getConfig().getBeta2(), update);
      float rate = (float) getConfig().getLearningRate(update - 1, epoch);
      return (float) (rate * (float) Math.sqrt(1.0 - squarePower) / (1.0 - meanPower));
    }

    /**
     * Of the running means m of the gradient and v of its square, the step is r m / (sqrt(v) +
     * epsilon) at a corrected learning rate of r; epsilon is the paper's epsilon hat, as in ND4J.
     */
    private static void step(
        float[] gradients,
        float[] means,
        float[] meanSquares,
        int count,
        float rate,
        float meanDecay,
        float squareDecay,
        float epsilon) {
      // A loop of its own, which Java compiles to vector instructions.
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
