package syscallanomaly.jobs.benchmark.scale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the vocabulary and windows steps took on a multiple of the traces.
 *
 * @param multiple how many times the corpus of training traces was repeated
 * @param traces number of traces
 * @param calls number of calls in the traces
 * @param windows number of windows of the traces
 * @param distinctWindows number of different windows
 * @param generationSeconds time to write the traces, which is part of no other figure
 * @param vocabularySeconds wall-clock time of the vocabulary step
 * @param windowsSeconds wall-clock time of the windows step
 * @param tasks number of Spark tasks in both steps
 * @param windowsBytes size of {@code windows/}
 * @param shuffledBytes bytes that Spark's stages handed to later stages
 * @param spilledBytes bytes that Spark wrote to disk because memory did not hold them
 * @param peakHeapBytes largest heap in use, garbage included
 * @param peakLiveBytes largest heap in use right after a collection
 * @param peakResidentBytes largest size of the process in memory; 0 if the system does not tell
 * @param collectionSeconds time spent in collections of garbage
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

  /** Wall-clock time of both steps together. */
  @JsonProperty
  double seconds() {
    return vocabularySeconds + windowsSeconds;
  }

  /** Number of calls that both steps together process in a second. */
  @JsonProperty
  double callsPerSecond() {
    return calls / seconds();
  }
}
