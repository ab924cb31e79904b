package syscallanomaly.evaluate;

import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;

/**
 * A group of traces that all detection figures treat alike.
 *
 * @param detector name of the detector that scored the traces
 * @param split {@link Split#VALIDATION} or {@link Split#ATTACK}
 * @param family attack family; null for normal traces and for attacks without a family
 * @param distinct whether the traces belong to {@link Population#DISTINCT}
 * @param score the traces' common score
 * @param count number of traces, at least 1
 */
record ScoreGroup(
    String detector, Split split, String family, boolean distinct, double score, long count) {

  static ScoreGroup of(Row row) {
    String detector = row.getAs(DETECTOR);
    Boolean distinct = row.getAs(DISTINCT);
    if (distinct == null) {
      throw new IllegalStateException(
          "Cannot evaluate detector "
              + detector
              + ": column 'distinct' is null for some traces; set it to true or false");
    }
    return new ScoreGroup(
        detector,
        split(detector, row.getAs(SPLIT)),
        row.getAs(FAMILY),
        distinct,
        row.<Double>getAs(SCORE),
        row.<Long>getAs("count"));
  }

  private static Split split(String detector, String label) {
    if (Split.VALIDATION.label().equals(label)) {
      return Split.VALIDATION;
    }
    if (Split.ATTACK.label().equals(label)) {
      return Split.ATTACK;
    }
    throw new IllegalStateException(
        "Cannot evaluate detector "
            + detector
            + ": its scores hold the split '"
            + label
            + "'; keep only 'validation' and 'attack'");
  }

  boolean attack() {
    return split == Split.ATTACK;
  }

  boolean in(Population population) {
    return population == Population.OFFICIAL || distinct;
  }
}
