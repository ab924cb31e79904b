package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives each trace a number that is higher the less normal the trace looks.
 *
 * <p>Traces have the columns of {@link syscallanomaly.trace.TraceColumns#TRACES_OF_SPLITS}, and a
 * detector refuses others with an {@link IllegalArgumentException}. Scores go as {@code split},
 * {@code ordinal} and {@code score} double, a row a trace.
 */
public interface Detector {
  /** The name in the metric tables. */
  String name();

  /** Scores test traces. */
  Dataset<Row> score(Dataset<Row> traces);

  /**
   * Scores training traces that were held out to calibrate the alarm, as a detector that never saw
   * them.
   */
  Dataset<Row> scoreHeldOut(Dataset<Row> traces);
}
