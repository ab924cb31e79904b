package syscallanomaly.score.lstm;

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

  /** Column of the mean negative log-likelihood of a trace's calls, in nats per call: double. */
  String MEAN = "mean";

  /**
   * Column of the lowest mean negative log-likelihood of {@link #CONSECUTIVE} consecutive calls, in
   * nats per call: double. In a shorter trace it is the mean of all calls.
   */
  String LOWEST_MEAN = "lowest_mean";

  /** Number of most probable calls among which {@link #TOP5} looks for the call that came. */
  int TOP = 5;

  /**
   * Number of consecutive calls of {@link #LOWEST_MEAN}. On ADFA-LD, any number from 60 to 150 does
   * as well.
   */
  int CONSECUTIVE = 100;

  /**
   * Predicts calls and returns one row for each prediction. The columns are {@code split}, {@code
   * ordinal}, {@code place}, {@code negative_log_likelihood} in nats, and {@code rank}, the number
   * of more probable calls.
   */
  Dataset<Row> calls(Dataset<Row> traces);

  /**
   * Predicts calls and returns one row for each trace. The columns are {@code split}, {@code
   * ordinal}, {@link #MEAN}, {@link #LOWEST_MEAN}, and the sums {@link #PREDICTIONS}, {@link
   * #LOSS}, {@link #CORRECT} and {@link #TOP5}.
   */
  Dataset<Row> sums(Dataset<Row> traces);
}
