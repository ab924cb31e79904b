package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * All measurements of a variant.
 *
 * @param repeats at least one, in the order in which they were taken
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

  /** Of the measurements, the middle one; the mean of the two middle ones of an even number. */
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

  /** Whether these are averaging rounds. */
  boolean hasRounds() {
    return repeats.stream().allMatch(repeat -> repeat.time().rounds() > 0);
  }

  /** Whether the time of matrix products was measured. */
  boolean knowsProducts() {
    return repeats.stream().allMatch(repeat -> repeat.time().productSeconds() > 0);
  }
}
