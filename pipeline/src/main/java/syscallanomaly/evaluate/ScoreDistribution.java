package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;

/**
 * How many normal and attack traces have a score in each of several intervals of equal width.
 *
 * @param edges bounds of the intervals, ascending; one more than there are intervals
 * @param normal number of validation traces in each interval
 * @param attack number of attack traces in each interval
 */
public record ScoreDistribution(List<Double> edges, List<Long> normal, List<Long> attack) {

  /**
   * Counts one detector's scores between the lowest and the highest. The interval of a score is
   * {@code floor((score - lowest) / width)}; the highest score belongs to the last interval.
   *
   * @param traces scores of one detector, at least one row; columns {@code split} and {@code score}
   * @param intervals number of intervals, at least 1
   */
  public static ScoreDistribution of(Dataset<Row> traces, int intervals) {
    Row range = traces.agg(min(SCORE), max(SCORE)).head();
    double low = range.getDouble(0);
    double width = Math.max(range.getDouble(1) - low, Double.MIN_NORMAL) / intervals;
    Column interval = least(floor(col(SCORE).minus(low).divide(width)), lit(intervals - 1L));
    List<Long> normal = new ArrayList<>(Collections.nCopies(intervals, 0L));
    List<Long> attack = new ArrayList<>(Collections.nCopies(intervals, 0L));
    for (Row row :
        traces
            .groupBy(col(SPLIT), interval.cast("int").as("interval"))
            .agg(count(lit(1)))
            .collectAsList()) {
      (row.getString(0).equals(Split.ATTACK.label()) ? attack : normal)
          .set(row.getInt(1), row.getLong(2));
    }
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= intervals; i++) {
      edges.add(low + i * width);
    }
    return new ScoreDistribution(edges, normal, attack);
  }
}
