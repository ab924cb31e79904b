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
    @Column(
            comment =
                "Which test traces count: official, all of them; distinct, equal traces once among"
                    + " the normal and once among the attack traces, and no normal trace that"
                    + " equals a training trace.")
        Population population,
    @Column(comment = "Number of normal traces, which are those of the validation split.")
        long normal,
    @Column(comment = "Number of attack traces.") long attacks,
    @Column(
            comment =
                "Area under the ROC curve, 0 to 1: the probability that an attack trace scores"
                    + " higher than a normal one, equal scores counted half.")
        double auc,
    @Column(comment = "Lower end of the 95 % bootstrap interval of auc, 0 to 1.") double aucLow,
    @Column(comment = "Upper end of the 95 % bootstrap interval of auc, 0 to 1.") double aucHigh,
    @Column(
            name = "tpr_at_fpr_01",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .01.")
        double tprAtFpr01,
    @Column(
            name = "tpr_at_fpr_05",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .05.")
        double tprAtFpr05,
    @Column(
            name = "tpr_at_fpr_10",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .10.")
        double tprAtFpr10,
    @Column(
            name = "tpr_at_fpr_15",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .15.")
        double tprAtFpr15,
    @Column(
            name = "tpr_at_fpr_20",
            comment = "Highest detection rate, 0 to 1, at a false-alarm rate of at most .20.")
        double tprAtFpr20,
    @Column(
            name = "fpr_at_tpr_90",
            comment = "Lowest false-alarm rate, 0 to 1, at a detection rate of at least .90.")
        double fprAtTpr90) {

  /** The family of the rows that count every attack. */
  public static final String ALL_FAMILIES = "all";
}
