package syscallanomaly.evaluate;

/**
 * How well a detector tells attack traces from normal ones; a row of the {@code detection} table.
 * Rates lie in 0..1.
 *
 * @param detector {@code lstm}, {@code stide}, ...
 * @param family attack family, or {@code all}
 * @param normal number of normal traces
 * @param attacks number of attack traces
 * @param auc area under the ROC curve, ties counted half
 * @param aucLow lower bound of the 95 % bootstrap interval of the AUC
 * @param aucHigh upper bound
 * @param tprAtFpr01 highest detection rate at a false-alarm rate of at most .01; the next ones at
 *     .05, .10, .15 and .20
 * @param fprAtTpr90 lowest false-alarm rate at a detection rate of at least .90
 */
public record Detection(
    String detector,
    String family,
    Population population,
    long normal,
    long attacks,
    double auc,
    double aucLow,
    double aucHigh,
    double tprAtFpr01,
    double tprAtFpr05,
    double tprAtFpr10,
    double tprAtFpr15,
    double tprAtFpr20,
    double fprAtTpr90) {

  /** The family of the rows that count every attack. */
  public static final String ALL_FAMILIES = "all";
}
