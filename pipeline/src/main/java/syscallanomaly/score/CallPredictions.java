package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Predicts the calls of traces with a language model. Traces are rows with the columns {@code
 * split}, {@code ordinal} and {@code calls}.
 */
public interface CallPredictions {
  /** Column of the place of a predicted call in its trace, from 0: int. */
  String PLACE = "place";

  /** Column of the number of predictions of a trace: long. */
  String PREDICTIONS = "predictions";

  /**
   * Column of the sum of the negative log-likelihoods of a trace's predictions, in nats: double.
   */
  String LOSS = "loss";

  /** Column of the number of predictions whose call was the most probable one: long. */
  String CORRECT = "correct";

  /** Column of the number of predictions whose call was among the five most probable: long. */
  String TOP5 = "top5";

  /** Number of most probable calls among which {@link #TOP5} looks for the call that came. */
  int TOP = 5;

  /**
   * Predicts calls and returns one row for each prediction. The columns are {@code split}, {@code
   * ordinal}, {@code place}, {@code negative_log_likelihood} in nats, and {@code rank}, the number
   * of more probable calls.
   */
  Dataset<Row> calls(Dataset<Row> traces);

  /**
   * Predicts calls and returns one row for each trace. The columns are {@code split}, {@code
   * ordinal}, {@code score}, and the sums {@code predictions}, {@code loss}, {@code correct} and
   * {@code top5}. The score is the mean negative log-likelihood of the calls, in nats per call.
   */
  Dataset<Row> sums(Dataset<Row> traces);
}
