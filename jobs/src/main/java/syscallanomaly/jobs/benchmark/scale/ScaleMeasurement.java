package syscallanomaly.jobs.benchmark.scale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What the steps took on a multiple of the traces.
 *
 * @param multiple how many times the corpus of training traces was repeated
 * @param traces number of traces
 * @param calls number of calls in the traces
 * @param windows number of windows of the traces
 * @param distinctWindows number of different windows
 * @param generationSeconds time to write the traces, which is part of no other figure
 * @param windowsBytes size of {@code windows/}
 * @param steps the steps in the order in which they ran
 */
@JsonPropertyOrder({"multiple", "seconds", "calls_per_second"})
record ScaleMeasurement(
    int multiple,
    long traces,
    long calls,
    long windows,
    long distinctWindows,
    double generationSeconds,
    long windowsBytes,
    List<StepMeasurement> steps) {

  ScaleMeasurement {
    steps = List.copyOf(steps);
  }

  /** Wall-clock time of all steps together. */
  @JsonProperty
  double seconds() {
    return steps.stream().mapToDouble(StepMeasurement::seconds).sum();
  }

  /** Number of calls of the training traces that all steps together process in a second. */
  @JsonProperty
  double callsPerSecond() {
    return calls / seconds();
  }
}
