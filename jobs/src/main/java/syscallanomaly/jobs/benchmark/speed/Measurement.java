package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * All measurements of one variant.
 *
 * @param variant name of the variant
 * @param workers number of workers
 * @param repeats the measurements in the order in which they were taken, at least one
 */
@JsonPropertyOrder({
  "variant",
  "workers",
  "median_calls_per_second",
  "median_occurrences_per_second"
})
record Measurement(String variant, int workers, List<Repeat> repeats) {
  private static final double MIDDLE = 50;

  Measurement {
    repeats = List.copyOf(repeats);
  }

  @JsonProperty("median_calls_per_second")
  double callsPerSecond() {
    return median(Repeat::callsPerSecond);
  }

  @JsonProperty("median_occurrences_per_second")
  double occurrencesPerSecond() {
    return median(Repeat::occurrencesPerSecond);
  }

  /**
   * Returns the median of a value over the measurements; for an even number, the mean of the two
   * middle values.
   */
  double median(ToDoubleFunction<Repeat> value) {
    return StatUtils.percentile(repeats.stream().mapToDouble(value).toArray(), MIDDLE);
  }

  double slowest() {
    return repeats.stream().mapToDouble(Repeat::callsPerSecond).min().orElseThrow();
  }

  double fastest() {
    return repeats.stream().mapToDouble(Repeat::callsPerSecond).max().orElseThrow();
  }

  /** Whether the time that workers computed was measured. */
  boolean knowsCompute() {
    return repeats.stream().allMatch(repeat -> repeat.time().computeSeconds() > 0);
  }

  /** Whether the variant has averaging rounds. */
  boolean hasRounds() {
    return repeats.stream().allMatch(repeat -> repeat.time().rounds() > 0);
  }

  /** Whether the time of matrix products was measured. */
  boolean knowsProducts() {
    return repeats.stream().allMatch(repeat -> repeat.time().productSeconds() > 0);
  }
}
