package syscallanomaly.evaluate;

/**
 * How to compute detection figures.
 *
 * @param bootstrapSamples number of resamples behind an interval, at least 1; with 1000 or more the
 *     ends hardly depend on the seed
 * @param seed seed of the resamples; the same seed and the same scores give the same intervals
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
