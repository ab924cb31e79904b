package syscallanomaly.report;

import java.time.Duration;
import java.time.Instant;

/**
 * Which run the report is about and what it ran on.
 *
 * @param status {@code succeeded} and {@code failed} are coloured, any other word is shown as it is
 * @param codeVersion version, or revision, of the code
 * @param workers models trained side by side and averaged
 * @param inputFingerprint digest of the traces read
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

  public Duration duration() {
    return Duration.between(startedAt, finishedAt);
  }
}
