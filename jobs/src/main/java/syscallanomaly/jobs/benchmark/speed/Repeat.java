package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import syscallanomaly.model.TimeBreakdown;

/**
 * One measurement of a variant.
 *
 * @param seconds wall-clock time
 * @param calls predicted in training or scoring: one a window, every call of a whole trace
 * @param occurrences calls of the corpus that these stand for: with the multiplicity of their
 *     window or trace
 * @param loss mean negative log-likelihood, nats: in training of the mini-batches as they were met
 * @param time where the workers' time went; all 0 where it was not measured, without rounds where
 *     nothing was averaged
 */
@JsonPropertyOrder({"calls_per_second", "occurrences_per_second"})
record Repeat(double seconds, long calls, long occurrences, double loss, TimeBreakdown time) {

  @JsonProperty
  double callsPerSecond() {
    return calls / seconds;
  }

  @JsonProperty
  double occurrencesPerSecond() {
    return occurrences / seconds;
  }

  /** Share of the workers' compute time that the matrix products take. */
  double productShare() {
    return time.productSeconds() / time.computeSeconds();
  }

  /** Share of the workers' time that is not compute: averaging, shuffling, waiting. */
  double overhead(int workers) {
    return 1 - time.computeSeconds() / (workers * seconds);
  }

  /** Calls a second if these workers did nothing but the matrix products. */
  double limit(int workers) {
    return calls * workers / time.productSeconds();
  }
}
