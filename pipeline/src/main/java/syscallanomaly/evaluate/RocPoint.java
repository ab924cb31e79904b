package syscallanomaly.evaluate;

import syscallanomaly.table.Column;

/**
 * A point of a ROC curve: a row of the {@code roc} table. A trace is reported if its score is at
 * least the threshold.
 */
public record RocPoint(
    @Column(comment = "Name of the detector, such as lstm or stide.") String detector,
    @Column(comment = Population.COMMENT) Population population,
    @Column(
            comment =
                "Lowest score that is reported at this point of the curve; infinity at the point"
                    + " (0, 0), where no trace is reported.")
        double threshold,
    @Column(
            comment =
                "False-alarm rate, 0 to 1: share of the normal traces whose score is at least the"
                    + " threshold.")
        double fpr,
    @Column(
            comment =
                "Detection rate, 0 to 1: share of the attack traces whose score is at least the"
                    + " threshold.")
        double tpr) {}
