package syscallanomaly.warehouse;

import java.time.Instant;
import syscallanomaly.table.Column;

/** A run of the pipeline: a row of the {@code runs} table. */
public record RunRow(
    @Column(comment = "When the run started.") Instant startedAt,
    @Column(comment = "When the run ended, well or not; null while it is running.")
        Instant finishedAt,
    @Column(
            comment =
                "State of the run: running (between two of its steps as well), succeeded or"
                    + " failed.")
        String status,
    @Column(comment = "All settings of the run as JSON, with secrets masked.") String config,
    @Column(
            comment =
                "SHA-256, in hexadecimal, of the settings without the name of the run and without"
                    + " secrets: equal for runs with equal settings.")
        String configHash,
    @Column(comment = "Version of this program that ran, such as 0.1.0.") String codeVersion,
    @Column(
            comment =
                "SHA-256, in hexadecimal, over names, sizes and times of change of all input files"
                    + " (in a zip, checksums for the times): equal for equal input; empty until the"
                    + " first traces are read.")
        String inputFingerprint,
    @Column(comment = "Seed from which every random draw of the run follows.") long seed,
    @Column(comment = "Version of Apache Spark that the program ran on.") String sparkVersion,
    @Column(comment = "Number of workers that trained in parallel, at least 1.") int workers) {}
