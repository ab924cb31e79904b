package syscallanomaly.warehouse;

import java.time.Instant;

/**
 * One run of the pipeline; a row of the {@code runs} table.
 *
 * @param finishedAt null while the run goes on
 * @param status state of the run, e.g. {@code running}, {@code done}, {@code failed}
 * @param config the configuration, secrets masked
 * @param inputFingerprint hash over the names and sizes or contents of the input
 * @param workers workers that trained in parallel
 */
public record RunRow(
    String runId,
    Instant startedAt,
    Instant finishedAt,
    String status,
    String config,
    String configHash,
    String codeVersion,
    String inputFingerprint,
    long seed,
    String sparkVersion,
    int workers) {}
