package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A {@link DetectorFamily} that has learned, and judges any trace. */
public interface FittedFamily extends AutoCloseable {
  /**
   * Scores traces. A higher score is more anomalous.
   *
   * @param traces traces with the columns {@link
   *     syscallanomaly.trace.TraceColumns#TRACES_OF_SPLITS}
   * @return one row for each trace, with {@code split}, {@code ordinal} and one double for each of
   *     the family's detectors, named like the detector
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  Dataset<Row> score(Dataset<Row> traces);

  /** Releases what the driver and the workers keep. */
  @Override
  void close();
}
