package syscallanomaly.jobs.benchmark.speed;

import java.util.List;
import java.util.Map;
import syscallanomaly.jobs.benchmark.BenchmarkJson;

/**
 * What a benchmark came to.
 *
 * @param versions of this program and its libraries, by name
 * @param inputFingerprint of the training traces
 * @param configuration every key, secrets masked
 * @param coresOfOtherProcesses what they took of the machine while it was measured, on average
 * @param training the first is DL4J alone as it starts by itself, which the others are compared
 *     with
 * @param scoring likewise the first is DL4J's own layers with one worker
 */
public record SpeedResult(
    Map<String, String> versions,
    Machine machine,
    String inputFingerprint,
    Map<String, Object> configuration,
    double coresOfOtherProcesses,
    List<Measurement> training,
    List<Measurement> scoring) {
  /** Everything, down to each measurement. */
  public String toJson() {
    return BenchmarkJson.of(this);
  }
}
