package syscallanomaly.evaluate;

import syscallanomaly.table.Column;

/**
 * Compares two detectors on the same traces: a row of the {@code comparisons} table. The interval
 * is paired: both detectors are measured on the same resamples.
 */
public record Comparison(
    @Column(comment = "Name of the detector, such as lstm or stide.") String detector,
    @Column(comment = "Name of the detector that it is compared with.") String other,
    @Column(comment = Population.COMMENT) Population population,
    @Column(comment = "AUC of the detector less that of the other, -1 to 1.") double aucDifference,
    @Column(
            comment =
                Interval.LOW
                    + "auc_difference, from the same resamples of both detectors"
                    + Interval.TOGETHER)
        Double low,
    @Column(comment = Interval.HIGH + "auc_difference" + Interval.TOGETHER) Double high) {}
