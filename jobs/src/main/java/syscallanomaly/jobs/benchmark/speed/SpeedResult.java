package syscallanomaly.jobs.benchmark.speed;

import java.util.List;
import java.util.Map;
import syscallanomaly.jobs.benchmark.BenchmarkJson;

/**
 * The result of the benchmark of speed.
 *
 * @param versions versions of this program and its libraries, by name
 * @param machine the machine of the driver
 * @param inputFingerprint fingerprint of the training traces
 * @param configuration the value of every key, with secrets masked
 * @param coresOfOtherProcesses average number of cores that other processes used during the
 *     benchmark
 * @param training measurements of training; the first is DL4J alone with its own choice of native
 *     threads, and the others are compared with it
 * @param scoring measurements of scoring; the first is DL4J's own layers with one worker, and the
 *     others are compared with it
 */
public record SpeedResult(
    Map<String, String> versions,
    Machine machine,
    String inputFingerprint,
    Map<String, Object> configuration,
    double coresOfOtherProcesses,
    List<Measurement> training,
    List<Measurement> scoring) {
  /** Returns everything that was measured, as JSON. */
  public String toJson() {
    return BenchmarkJson.of(this);
  }
}
