package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.lstm.CallPredictions.CORRECT;
import static syscallanomaly.score.lstm.CallPredictions.LOSS;
import static syscallanomaly.score.lstm.CallPredictions.PREDICTIONS;
import static syscallanomaly.score.lstm.CallPredictions.TOP5;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;

/** Sums a language model's predictions for each split. */
public final class NextCallEvaluation {
  private NextCallEvaluation() {}

  /**
   * Computes the figures of each split that has at least one prediction: the mean loss, the share
   * of correct predictions, and the share of calls among the five most likely.
   *
   * @param traces one row for each trace, with the columns {@code split}, {@code predictions},
   *     {@code loss}, {@code correct} and {@code top5} that the language model's detector writes
   */
  public static List<NextCall> evaluate(Dataset<Row> traces) {
    return traces
        .groupBy(SPLIT)
        .agg(sum(PREDICTIONS), sum(LOSS), sum(CORRECT), sum(TOP5))
        .where(col("sum(predictions)").gt(0))
        .collectAsList()
        .stream()
        .map(
            row ->
                new NextCall(
                    Split.ofLabel(row.getString(0)),
                    row.getLong(1),
                    row.getDouble(2) / row.getLong(1),
                    (double) row.getLong(3) / row.getLong(1),
                    (double) row.getLong(4) / row.getLong(1)))
        .sorted((left, right) -> left.split().compareTo(right.split()))
        .toList();
  }
}
