package syscallanomaly.evaluate;

/**
 * One point of a ROC curve; a row of the {@code roc} table. A trace is reported where its score is
 * at least the threshold.
 *
 * @param fpr false-alarm rate, 0..1
 * @param tpr detection rate, 0..1
 */
public record RocPoint(
    String detector, Population population, double threshold, double fpr, double tpr) {}
