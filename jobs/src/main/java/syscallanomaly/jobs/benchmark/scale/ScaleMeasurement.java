package syscallanomaly.jobs.benchmark.scale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the steps took on a multiple of the traces.
 *
 * @param multiple of the configured training traces
 * @param windows that the traces have
 * @param distinctWindows different ones among them
 * @param generationSeconds to write the traces, which counts for nothing else
 * @param vocabularySeconds wall-clock time of the vocabulary step
 * @param windowsSeconds likewise of the windows step
 * @param tasks of Spark in both steps
 * @param windowsBytes of {@code windows/}
 * @param shuffledBytes that Spark's stages handed on
 * @param spilledBytes that Spark wrote to disk because memory did not hold them
 * @param peakHeapBytes of the heap in use, garbage included
 * @param peakLiveBytes of the heap in use right after a collection
 * @param peakResidentBytes of the process in memory; 0 where the system does not say
 * @param collectionSeconds spent in collections of garbage
 */
@JsonPropertyOrder({"multiple", "seconds", "calls_per_second"})
record ScaleMeasurement(
    int multiple,
    long traces,
    long calls,
    long windows,
    long distinctWindows,
    double generationSeconds,
    double vocabularySeconds,
    double windowsSeconds,
    long tasks,
    long windowsBytes,
    long shuffledBytes,
    long spilledBytes,
    long peakHeapBytes,
    long peakLiveBytes,
    long peakResidentBytes,
    double collectionSeconds) {

  /** Of both steps. */
  @JsonProperty
  double seconds() {
    return vocabularySeconds + windowsSeconds;
  }

  /** Calls that both steps together go through in a second. */
  @JsonProperty
  double callsPerSecond() {
    return calls / seconds();
  }
}
