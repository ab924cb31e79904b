package syscallanomaly.evaluate;

/**
 * How detection figures are computed.
 *
 * @param bootstrapSamples resamples behind an interval of the AUC, at least 1; 1000 or more give
 *     bounds that hardly depend on the seed
 * @param seed the same seed and the same scores give the same intervals
 */
public record EvaluationSettings(int bootstrapSamples, long seed) {
  public EvaluationSettings {
    if (bootstrapSamples < 1) {
      throw new IllegalArgumentException(
          "Cannot evaluate with "
              + bootstrapSamples
              + " bootstrap samples: an interval needs at least 1; 1000 is a good number");
    }
  }
}
