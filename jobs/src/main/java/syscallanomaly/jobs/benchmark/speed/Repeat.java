package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import syscallanomaly.model.TimeBreakdown;

/**
 * One measurement of a variant.
 *
 * @param seconds wall-clock time
 * @param calls number of predictions in training or scoring: one for each window, or one for each
 *     call of a whole trace
 * @param occurrences number of predictions in the corpus that these stand for: each counts with the
 *     multiplicity of its window or trace
 * @param loss mean negative log-likelihood in nats; in training, each mini-batch is measured when
 *     the network meets it
 * @param time where the workers' time went; 0 in every part that was not measured, and without
 *     rounds if nothing was averaged
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

  /**
   * Calls per second that these workers could reach if they computed nothing but the matrix
   * products.
   *
   * @param workers number of workers
   */
  double limit(int workers) {
    return calls * workers / time.productSeconds();
  }
}
