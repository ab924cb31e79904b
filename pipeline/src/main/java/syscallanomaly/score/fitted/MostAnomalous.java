package syscallanomaly.score.fitted;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.P_VALUE;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.call.SystemCalls;

/**
 * Finds the traces with the highest scores, and the calls in them that the model expected least.
 */
public final class MostAnomalous {
  private final Optional<FittedLstm> lstm;
  private final SystemCalls names;

  /**
   * @param lstm names the calls that were not expected; if it is empty, no call is named
   */
  public MostAnomalous(Optional<FittedLstm> lstm, SystemCalls names) {
    this.lstm = lstm;
    this.names = names;
  }

  /**
   * Finds the distinct traces with the highest scores, the highest first. Equal scores are ordered
   * by split and ordinal.
   *
   * @param scores the rows of one detector, see {@link DetectorScores#rows(String, double)}
   * @param tests the traces that were scored, with their calls
   * @param traces most traces to find; they are collected on the driver
   * @param calls most calls to name in each trace
   */
  public List<AnomalousTrace> find(Dataset<Row> scores, Dataset<Row> tests, int traces, int calls) {
    Dataset<Row> top =
        scores.where(col(DISTINCT)).orderBy(desc(SCORE), col(SPLIT), col(ORDINAL)).limit(traces);
    List<Row> rows =
        top.select(SPLIT, ORDINAL, TRACE_ID, FAMILY, CALLS, SCORE, P_VALUE, ALARM).collectAsList();
    Map<TraceKey, List<SurprisingCall>> surprising = surprising(rows, tests, calls);
    List<AnomalousTrace> result = new ArrayList<>();
    for (Row row : rows) {
      result.add(
          new AnomalousTrace(
              row.getString(2),
              row.isNullAt(3) ? "" : row.getString(3),
              Split.ofLabel(row.getString(0)),
              row.getLong(4),
              row.getDouble(5),
              row.getDouble(6),
              row.getBoolean(7),
              surprising.getOrDefault(TraceKey.of(row), List.of())));
    }
    return result;
  }

  private Map<TraceKey, List<SurprisingCall>> surprising(
      List<Row> top, Dataset<Row> tests, int calls) {
    if (top.isEmpty() || lstm.isEmpty()) {
      return Map.of();
    }
    Column chosen =
        top.stream()
            .map(
                row ->
                    col(SPLIT).equalTo(row.getString(0)).and(col(ORDINAL).equalTo(row.getLong(1))))
            .reduce(Column::or)
            .orElseThrow();
    return new LeastExpectedCalls(lstm.get(), names).find(tests.where(chosen), calls);
  }
}
