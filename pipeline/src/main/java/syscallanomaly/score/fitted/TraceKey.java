package syscallanomaly.score.fitted;

import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.sql.Row;

/**
 * Identifies a trace among those of several splits.
 *
 * @param split label of its split
 * @param ordinal number of the trace in its split, from 0
 */
public record TraceKey(String split, long ordinal) {
  /** The key of the trace that a row with {@code split} and {@code ordinal} is about. */
  public static TraceKey of(Row row) {
    return new TraceKey(row.getAs(SPLIT), row.<Long>getAs(ORDINAL));
  }
}
