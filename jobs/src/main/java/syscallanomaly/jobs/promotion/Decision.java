package syscallanomaly.jobs.promotion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.warehouse.PromotionRow;

/**
 * What a promotion or a rollback has decided: the file {@code promotion.json} of the run, and the
 * run's rows of {@code promotions}.
 *
 * @param action {@code promote} or {@code rollback}
 * @param accepted whether the detector in use is the one that was asked for
 * @param decidedAt when it was decided, such as {@code 2026-11-25T07:00:00Z}
 * @param runId run.id of the job
 * @param previousRunId run whose detector was in use before; null if there was none
 * @param currentRunId run whose detector is in use afterwards; null if there is still none
 * @param detectorHash SHA-256 of the {@code detector.json} that it is about, hexadecimal
 * @param reason what was decided and why: one line
 * @param gates what each gate says; none for a rollback
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Decision(
    String action,
    boolean accepted,
    String decidedAt,
    String runId,
    String previousRunId,
    String currentRunId,
    String detectorHash,
    String reason,
    List<Gate> gates) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  Decision {
    gates = gates == null ? List.of() : List.copyOf(gates);
  }

  /** Writes {@link RunFolder#promotion}. */
  void write(RunFolder folder) throws IOException {
    folder.writeAtomically(folder.promotion(), JSON.writeValueAsBytes(this));
  }

  /** Reads what {@link #write} wrote; empty if there is nothing, or something else. */
  static Optional<Decision> read(RunFolder folder) throws IOException {
    Optional<byte[]> json = folder.read(folder.promotion());
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(json.get(), Decision.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether this is the decision that put a detector into use. */
  boolean putIntoUse(StepName step, String hash) {
    return accepted && step.label().equals(action) && hash.equals(detectorHash);
  }

  /** One row for each gate, and one for the decision. */
  List<PromotionRow> rows() {
    return Stream.concat(
            gates.stream()
                .map(
                    gate ->
                        row(gate.passed(), gate.gate(), gate.value(), gate.limit(), gate.reason())),
            Stream.of(row(accepted, PromotionRow.DECISION, null, null, reason)))
        .toList();
  }

  private PromotionRow row(Boolean passed, String gate, Double value, Double limit, String why) {
    return new PromotionRow(
        Instant.parse(decidedAt),
        previousRunId,
        currentRunId,
        action,
        passed,
        gate,
        value,
        limit,
        why);
  }
}
