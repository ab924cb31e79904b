package syscallanomaly.model;

/**
 * What a model says of a number of calls: the last ones of a batch of windows, or all of a trace.
 *
 * @param negativeLogLikelihood -ln of the probability that each got, nats, 0 to 23.03
 * @param rank number of calls that were more probable, 0 for the most probable one
 */
public record Predictions(float[] negativeLogLikelihood, int[] rank) {
  /** Probabilities below it count as it, so that a call never seen has a finite surprise. */
  private static final double SMALLEST_PROBABILITY = 1e-10;

  Predictions(int calls) {
    this(new float[calls], new int[calls]);
  }

  /**
   * Notes what the model says of a call.
   *
   * @param place of the call in this
   * @param probabilities of all calls, from {@code first} on
   * @param call the one that came, a vocabulary index
   */
  void set(int place, float[] probabilities, int first, int symbols, int call) {
    float probability = probabilities[first + call];
    negativeLogLikelihood[place] = (float) -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
    int higher = 0;
    for (int symbol = 0; symbol < symbols; symbol++) {
      if (probabilities[first + symbol] > probability) {
        higher++;
      }
    }
    rank[place] = higher;
  }

  /** The sums over a single call. */
  PredictionTotals totals(int place) {
    return new PredictionTotals(1, negativeLogLikelihood[place], rank[place] == 0 ? 1 : 0);
  }

  /** The sums over all calls. */
  PredictionTotals totals() {
    PredictionTotals totals = PredictionTotals.NONE;
    for (int place = 0; place < rank.length; place++) {
      totals = totals.plus(totals(place));
    }
    return totals;
  }
}
