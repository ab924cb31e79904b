package syscallanomaly.score;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Detectors that learn the same from normal traces, and so are fitted, kept and applied together.
 *
 * <p>Order of use: {@link #fit} once, then {@link #calibrate} with the same traces. The fitted
 * family needs neither the traces nor this object again.
 */
public interface DetectorFamily {
  /** The name of the family, and of its folder in a fitted detector. */
  String name();

  /** The names of the detectors in the metric tables. */
  List<String> detectors();

  /**
   * Learns from all normal traces.
   *
   * @param normal traces to learn from
   * @param folder folder to write to; it does not exist yet. What is written is enough to load the
   *     fitted family on another cluster
   * @return the fitted family, as loaded from the folder
   */
  FittedFamily fit(NormalTraces normal, Path folder) throws IOException;

  /**
   * Scores the traces of {@link NormalTraces#calibrating} by cross-fitting: each by detectors that
   * did not learn from its fold. The columns are {@code content} and one double for each of {@link
   * #detectors}. A trace is missing if no detector of this family did without it.
   */
  Dataset<Row> calibrate(NormalTraces normal);
}
