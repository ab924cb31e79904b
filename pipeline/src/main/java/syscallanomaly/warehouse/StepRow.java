package syscallanomaly.warehouse;

import java.time.Instant;
import syscallanomaly.table.Column;

/** A step of a run: a row of the {@code steps} table. */
public record StepRow(
    @Column(comment = "Name of the step: vocabulary, windows, train, fit, score or detect.")
        String step,
    @Column(comment = "State of the step: running, done, failed or interrupted.") String status,
    @Column(comment = "When the step started, the last time that it ran.") Instant startedAt,
    @Column(
            comment =
                "Wall-clock time that the step took, in whole seconds; null while it is running.")
        Long seconds) {}
