package syscallanomaly.warehouse;

import java.time.Instant;
import syscallanomaly.table.Column;

/**
 * A gate, or the decision that follows from all gates, of a promotion or a rollback: a row of the
 * {@code promotions} table.
 *
 * <p>The limit is in the column {@code gate_limit}, because {@code limit} is a reserved word in
 * PostgreSQL and DuckDB.
 */
public record PromotionRow(
    @Column(comment = "When it was decided; equal in all rows of a decision.") Instant decidedAt,
    @Column(comment = "Run whose detector was in use before the decision; null if there was none.")
        String previousRunId,
    @Column(
            comment =
                "Run whose detector is in use after the decision; null if there is still none.")
        String currentRunId,
    @Column(
            comment =
                "promote: the detector of the run in run_id was to be used; rollback: the detector"
                    + " before the one in use was to be used again, and run_id names the job that did"
                    + " so.")
        String action,
    @Column(
            comment =
                "Whether the gate was passed, or, in the row of the decision, whether the detector"
                    + " in use changed as asked; null if the gate could not be measured.")
        Boolean accepted,
    @Column(comment = "Name of the gate; decision in the row that says what was decided.")
        String gate,
    @Column(comment = "What was measured; null in the row of the decision, or if nothing was.")
        Double value,
    @Column(
            comment =
                "Largest value that passes, or smallest, as the gate's reason says; null if there is"
                    + " none.")
        Double gateLimit,
    @Column(comment = "What was measured and against what, or what was decided and why: one line.")
        String reason) {

  /** The {@link #gate} of the row that says what was decided. */
  public static final String DECISION = "decision";
}
