package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void aPredictionWithoutProbabilitiesIsWrong() {
    float[] probabilities = {Float.NaN, Float.NaN, Float.NaN, 0.2f, 0.5f, 0.3f};
    Predictions predictions = new Predictions(2);
    predictions.set(0, probabilities, 0, 3, 1);
    predictions.set(1, probabilities, 3, 3, 1);

    assertThat(predictions.rank()).containsExactly(3, 0);
    assertThat(predictions.negativeLogLikelihood()[0]).isNaN();
    assertThat(predictions.totals().correct()).isEqualTo(1);
    assertThat(predictions.totals().accuracy()).isEqualTo(0.5);
  }
}
