package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Holds a network with fast layers against the same network with DL4J's own. */
public final class SameNetworks {
  private final double relative;

  /**
   * @param relative largest difference that passes, as a share of the largest value
   */
  public SameNetworks(double relative) {
    this.relative = relative;
  }

  /** Requires the same score and the same gradients on a mini-batch. */
  public void assertSameGradients(MultiLayerNetwork stock, MultiLayerNetwork fast, DataSet batch) {
    for (MultiLayerNetwork network : List.of(stock, fast)) {
      network.setInput(batch.getFeatures().dup());
      network.setLabels(batch.getLabels());
      network.setLayerMaskArrays(batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
      network.computeGradientAndScore();
      network.clearLayerMaskArrays();
    }
    assertThat(stock.gradient().gradient().amaxNumber().floatValue()).isPositive();
    assertThat(fast.score()).isCloseTo(stock.score(), within(relative * stock.score()));
    stock
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, gradient) ->
                assertClose(gradient, fast.gradient().getGradientFor(name), "gradient of " + name));
  }

  /** Requires the same shape and the same values. */
  public void assertClose(INDArray expected, INDArray actual, String what) {
    double largest = expected.dup().amaxNumber().doubleValue();
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).amaxNumber().doubleValue())
        .as("largest difference in %s, of at most %s", what, largest)
        .isLessThanOrEqualTo(relative * largest);
  }
}
