package syscallanomaly.report;

import java.time.Duration;
import java.time.Instant;

/**
 * Which run the report describes and what it ran on.
 *
 * @param runId name of the run
 * @param status {@code succeeded} and {@code failed} have colours; the page shows any other word
 *     plain
 * @param startedAt when the job started that wrote the report; earlier steps of the run may have
 *     been jobs of their own
 * @param finishedAt when that job finished
 * @param codeVersion version or revision of the code
 * @param seed seed of all random draws
 * @param workers number of models that train in parallel and are averaged
 * @param sparkVersion version of Spark
 * @param inputFingerprint digest of the traces that the run read
 * @param configurationHash digest of the configuration
 */
public record RunSummary(
    String runId,
    String status,
    Instant startedAt,
    Instant finishedAt,
    String codeVersion,
    long seed,
    int workers,
    String sparkVersion,
    String inputFingerprint,
    String configurationHash) {

  /** How long the job took that wrote the report. */
  public Duration duration() {
    return Duration.between(startedAt, finishedAt);
  }
}
