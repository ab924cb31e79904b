package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.CallPredictions.CORRECT;
import static syscallanomaly.score.CallPredictions.LOSS;
import static syscallanomaly.score.CallPredictions.PREDICTIONS;
import static syscallanomaly.score.CallPredictions.TOP5;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;

/** Adds up a language model's predictions by split. */
public final class NextCallEvaluation {
  private NextCallEvaluation() {}

  /**
   * The figures of each split that has at least one prediction.
   *
   * @param traces a row a trace: {@code split}, {@code predictions}, {@code loss}, {@code correct},
   *     {@code top5}, as the language model's detector gives them
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
