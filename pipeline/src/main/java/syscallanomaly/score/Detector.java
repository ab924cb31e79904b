package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives each trace a score. A higher score means a more anomalous trace.
 *
 * <p>Traces must have the columns {@link syscallanomaly.trace.TraceColumns#TRACES_OF_SPLITS}. A
 * detector throws an {@link IllegalArgumentException} if they lack one. The result has one row for
 * each trace, with {@code split}, {@code ordinal} and {@code score} double.
 */
public interface Detector {
  /** The name in the metric tables. */
  String name();

  /** Scores test traces. */
  Dataset<Row> score(Dataset<Row> traces);

  /**
   * Scores the held-out training traces that calibrate the alarm. The scores must be those of a
   * detector that did not learn from these traces.
   */
  Dataset<Row> scoreHeldOut(Dataset<Row> traces);
}
