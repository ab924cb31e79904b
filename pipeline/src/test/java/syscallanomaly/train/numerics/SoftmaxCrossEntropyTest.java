package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SoftmaxCrossEntropyTest {
  private static SoftmaxCrossEntropy of(float[][] sums, int[] actual, float... weights) {
    INDArray preOutput = Nd4j.create(sums).dup('f');
    SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy();
    entropy.compute(preOutput, actual, weights);
    return entropy;
  }

  @Test
  void lossAndCorrectPredictionsCountWithTheirWeight() {
    SoftmaxCrossEntropy entropy = of(new float[][] {{2, 0}, {0, 2}}, new int[] {0, 0}, 3, 1);

    double surprise = Math.log(1 + Math.exp(-2));
    assertThat(entropy.loss()).isCloseTo(3 * surprise + surprise + 2, within(1e-6));
    assertThat(entropy.correct()).isEqualTo(3);
  }

  @Test
  void aPredictionWithoutProbabilitiesIsWrong() {
    float infinite = Float.POSITIVE_INFINITY;

    assertThat(of(new float[][] {{infinite, 0}, {0, 1}}, new int[] {0, 1}, 1, 1).correct())
        .isEqualTo(1);
    assertThat(of(new float[][] {{Float.NaN, 0}, {0, 1}}, new int[] {0, 1}, 1, 1).correct())
        .isEqualTo(1);
    assertThat(of(new float[][] {{infinite, 0}, {0, 1}}, new int[] {0, 1}, 1, 1).loss()).isNaN();
  }
}
