package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a language model says of the calls of traces. Traces come as rows of {@code split}, {@code
 * ordinal} and {@code calls}.
 */
public interface CallPredictions {
  /** Column of the place of a predicted call in its trace, from 0. */
  String PLACE = "place";

  /** Column of the number of predictions of a trace: long. */
  String PREDICTIONS = "predictions";

  /** Column of the sum of their negative log-likelihoods, nats: double. */
  String LOSS = "loss";

  /** Column of the number of predictions whose call was the most probable one: long. */
  String CORRECT = "correct";

  /** Column of the number of predictions whose call was among the five most probable: long. */
  String TOP5 = "top5";

  /** Calls that a prediction may rank before the right one to be among the first five. */
  int TOP = 5;

  /**
   * Every predicted call: {@code split}, {@code ordinal}, {@code place} int, {@code
   * negative_log_likelihood} in nats and {@code rank}.
   */
  Dataset<Row> calls(Dataset<Row> traces);

  /**
   * A row a trace: {@code split}, {@code ordinal}, {@code score}, the mean negative log-likelihood
   * in nats, and the sums {@code predictions}, {@code loss}, {@code correct} and {@code top5}.
   */
  Dataset<Row> sums(Dataset<Row> traces);
}
