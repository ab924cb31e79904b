package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.trace.Split;

/**
 * How many normal and attack traces have a score in each of several intervals of equal width.
 *
 * @param edges bounds of the intervals, ascending; one more than there are intervals
 * @param normal number of validation traces in each interval
 * @param attack number of attack traces in each interval
 */
public record ScoreDistribution(List<Double> edges, List<Long> normal, List<Long> attack) {
  private static final String INTERVAL = "interval";

  /**
   * Counts each detector's scores between its lowest and its highest. The interval of a score is
   * {@code floor((score - lowest) / width)}; the highest score belongs to the last interval. All
   * detectors are counted together, because a query takes longer than the counting.
   *
   * @param traces at least one row; columns: {@code split} string, and a double for each detector
   * @param detectors names of the detectors, at least one
   * @param intervals number of intervals, at least 1
   * @return the distributions by detector, in the given order
   */
  public static Map<String, ScoreDistribution> of(
      Dataset<Row> traces, List<String> detectors, int intervals) {
    Map<String, ScoreDistribution> distributions = new LinkedHashMap<>();
    List<Column> counted = new ArrayList<>();
    Row ranges = ranges(traces, detectors);
    for (int i = 0; i < detectors.size(); i++) {
      double low = ranges.getDouble(2 * i);
      double width = Math.max(ranges.getDouble(2 * i + 1) - low, Double.MIN_NORMAL) / intervals;
      distributions.put(detectors.get(i), empty(low, width, intervals));
      Column interval =
          least(
              floor(col(detectors.get(i)).minus(low).divide(width)).cast(DataTypes.IntegerType),
              lit(intervals - 1));
      counted.add(struct(lit(detectors.get(i)).as(DETECTOR), interval.as(INTERVAL)));
    }
    for (Row row :
        traces
            .select(col(SPLIT), explode(array(counted.toArray(Column[]::new))).as("counted"))
            .groupBy(SPLIT, "counted." + DETECTOR, "counted." + INTERVAL)
            .count()
            .collectAsList()) {
      ScoreDistribution distribution = distributions.get(row.getString(1));
      (row.getString(0).equals(Split.ATTACK.label()) ? distribution.attack : distribution.normal)
          .set(row.getInt(2), row.getLong(3));
    }
    return distributions;
  }

  /** The lowest and the highest score of each detector. */
  private static Row ranges(Dataset<Row> traces, List<String> detectors) {
    List<Column> ranges =
        detectors.stream().flatMap(name -> Stream.of(min(col(name)), max(col(name)))).toList();
    return traces.select(ranges.toArray(Column[]::new)).head();
  }

  private static ScoreDistribution empty(double low, double width, int intervals) {
    return new ScoreDistribution(
        IntStream.rangeClosed(0, intervals).mapToObj(i -> low + i * width).toList(),
        new ArrayList<>(Collections.nCopies(intervals, 0L)),
        new ArrayList<>(Collections.nCopies(intervals, 0L)));
  }
}
