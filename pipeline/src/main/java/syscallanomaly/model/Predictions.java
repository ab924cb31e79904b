package syscallanomaly.model;

import syscallanomaly.model.series.LowestMean;

/**
 * What a model predicted about several calls. They are the last calls of a batch of windows, or all
 * calls of a trace.
 *
 * @param negativeLogLikelihood for each call, -ln of the probability that the model gave it; nats,
 *     0 to 23.03; NaN if the probability is NaN
 * @param rank for each call, the number of calls that were more probable; 0 for the most probable
 *     call; the number of all calls if the probability is NaN
 */
public record Predictions(float[] negativeLogLikelihood, int[] rank) {
  /**
   * The smallest probability that counts. A smaller one is replaced by it, so that the loss of a
   * call that was never seen is finite.
   */
  private static final double SMALLEST_PROBABILITY = 1e-10;

  Predictions(int calls) {
    this(new float[calls], new int[calls]);
  }

  /**
   * Sets one prediction.
   *
   * @param place position of the prediction, from 0
   * @param probabilities array with the probability of each call in the vocabulary
   * @param first where in the array the probabilities of this prediction begin
   * @param symbols size of the vocabulary
   * @param call vocabulary index of the call that came
   */
  void set(int place, float[] probabilities, int first, int symbols, int call) {
    float probability = probabilities[first + call];
    negativeLogLikelihood[place] = (float) -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
    if (Float.isNaN(probability)) {
      rank[place] = symbols;
      return;
    }
    int higher = 0;
    for (int symbol = 0; symbol < symbols; symbol++) {
      if (probabilities[first + symbol] > probability) {
        higher++;
      }
    }
    rank[place] = higher;
  }

  /** The sums over a single prediction. */
  PredictionTotals totals(int place) {
    return new PredictionTotals(1, negativeLogLikelihood[place], rank[place] == 0 ? 1 : 0);
  }

  /** The sum of the negative log-likelihoods of all predictions, in nats. */
  double loss() {
    double loss = 0;
    for (float nats : negativeLogLikelihood) {
      loss += nats;
    }
    return loss;
  }

  /**
   * The lowest mean of the negative log-likelihoods of consecutive predictions, in nats.
   *
   * @param width number of consecutive predictions, at least 1; all of them if there are fewer
   */
  double lowestMean(int width) {
    LowestMean lowest = new LowestMean(width);
    for (float nats : negativeLogLikelihood) {
      lowest.add(nats);
    }
    return lowest.value();
  }

  /** Number of predictions whose rank is below a limit. */
  long ranksBelow(int limit) {
    long below = 0;
    for (int ofCall : rank) {
      if (ofCall < limit) {
        below++;
      }
    }
    return below;
  }

  /** The sums over all predictions. */
  PredictionTotals totals() {
    PredictionTotals totals = PredictionTotals.NONE;
    for (int place = 0; place < rank.length; place++) {
      totals = totals.plus(totals(place));
    }
    return totals;
  }
}
