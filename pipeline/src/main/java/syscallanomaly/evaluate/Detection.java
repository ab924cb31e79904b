package syscallanomaly.evaluate;

import syscallanomaly.table.Column;

/**
 * Measures how well a detector tells attack traces from normal ones: a row of the {@code detection}
 * table.
 */
public record Detection(
    @Column(comment = "Name of the detector, such as lstm or stide.") String detector,
    @Column(
            comment =
                "Attack family whose traces count as attacks; all counts the traces of every"
                    + " family.")
        String family,
    @Column(comment = Population.COMMENT) Population population,
    @Column(comment = "Number of normal traces, which are those of the validation split.")
        long normal,
    @Column(comment = "Number of attack traces.") long attacks,
    @Column(
            comment =
                "Area under the ROC curve, 0 to 1: the probability that an attack trace scores"
                    + " higher than a normal one, equal scores counted half.")
        double auc,
    @Column(comment = Interval.LOW + "auc" + Interval.TOGETHER) Double aucLow,
    @Column(comment = Interval.HIGH + "auc" + Interval.TOGETHER) Double aucHigh,
    @Column(
            name = "tpr_at_fpr_01",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .01.")
        double tprAtFpr01,
    @Column(
            name = "tpr_at_fpr_05",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .05.")
        double tprAtFpr05,
    @Column(
            name = "tpr_at_fpr_05_low",
            comment = Interval.LOW + "tpr_at_fpr_05" + Interval.TOGETHER)
        Double tprAtFpr05Low,
    @Column(
            name = "tpr_at_fpr_05_high",
            comment = Interval.HIGH + "tpr_at_fpr_05" + Interval.TOGETHER)
        Double tprAtFpr05High,
    @Column(
            name = "tpr_at_fpr_10",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .10.")
        double tprAtFpr10,
    @Column(
            name = "tpr_at_fpr_10_low",
            comment = Interval.LOW + "tpr_at_fpr_10" + Interval.TOGETHER)
        Double tprAtFpr10Low,
    @Column(
            name = "tpr_at_fpr_10_high",
            comment = Interval.HIGH + "tpr_at_fpr_10" + Interval.TOGETHER)
        Double tprAtFpr10High,
    @Column(
            name = "tpr_at_fpr_15",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .15.")
        double tprAtFpr15,
    @Column(
            name = "tpr_at_fpr_20",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .20.")
        double tprAtFpr20,
    @Column(
            name = "tpr_at_fpr_20_low",
            comment = Interval.LOW + "tpr_at_fpr_20" + Interval.TOGETHER)
        Double tprAtFpr20Low,
    @Column(
            name = "tpr_at_fpr_20_high",
            comment = Interval.HIGH + "tpr_at_fpr_20" + Interval.TOGETHER)
        Double tprAtFpr20High,
    @Column(
            name = "fpr_at_tpr_90",
            comment = "Lowest false-alarm rate, 0 to 1, at a detection rate of at least .90.")
        double fprAtTpr90,
    @Column(
            name = "fpr_at_tpr_90_low",
            comment = Interval.LOW + "fpr_at_tpr_90" + Interval.TOGETHER)
        Double fprAtTpr90Low,
    @Column(
            name = "fpr_at_tpr_90_high",
            comment = Interval.HIGH + "fpr_at_tpr_90" + Interval.TOGETHER)
        Double fprAtTpr90High) {

  /** The family of the rows that count every attack. */
  public static final String ALL_FAMILIES = "all";
}
