package syscallanomaly.jobs.benchmark.scale;

import java.util.Locale;
import syscallanomaly.jobs.run.StepName;

/**
 * What one step took on a multiple of the traces.
 *
 * @param step the step
 * @param seconds wall-clock time of the step
 * @param tasks number of Spark tasks
 * @param shuffledBytes bytes that Spark's stages handed to later stages
 * @param spilledBytes bytes that Spark wrote to disk because memory did not hold them
 * @param peakHeapBytes largest heap in use, garbage included
 * @param peakLiveBytes largest heap in use right after a collection
 * @param peakResidentBytes largest size of the process in memory; 0 if the system does not tell
 * @param peakAnonymousBytes largest size of the pages in memory that belong to no file, see {@link
 *     ResidentMemory}
 * @param peakFileBytes largest size of the pages of mapped files in memory
 * @param collectionSeconds time spent in collections of garbage
 */
record StepMeasurement(
    StepName step,
    double seconds,
    long tasks,
    long shuffledBytes,
    long spilledBytes,
    long peakHeapBytes,
    long peakLiveBytes,
    long peakResidentBytes,
    long peakAnonymousBytes,
    long peakFileBytes,
    double collectionSeconds) {
  /** What a person who waits for the whole table wants to know already: one line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s: %.1f s, %,d MiB resident at most, %,d of them anonymous",
        step.label(),
        seconds,
        peakResidentBytes >> 20,
        peakAnonymousBytes >> 20);
  }
}
