package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import syscallanomaly.train.averaging.RoundTime;

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
 * @param computeSeconds time that all workers together spent on mini-batches; 0 if it was not
 *     measured
 * @param productSeconds part of it that the LSTM layers spent in matrix products; 0 if it was not
 *     measured
 * @param rounds time of the averaging rounds by part; none if nothing was averaged
 */
@JsonPropertyOrder({"calls_per_second", "occurrences_per_second"})
record Repeat(
    double seconds,
    long calls,
    long occurrences,
    double loss,
    double computeSeconds,
    double productSeconds,
    RoundTime rounds) {

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
    return productSeconds / computeSeconds;
  }

  /** Share of the workers' time that is not compute: averaging, shuffling, waiting. */
  double overhead(int workers) {
    return 1 - computeSeconds / (workers * seconds);
  }

  /**
   * Calls per second that these workers could reach if they computed nothing but the matrix
   * products.
   *
   * @param workers number of workers
   */
  double limit(int workers) {
    return calls * workers / productSeconds;
  }
}
