package syscallanomaly.score.ngram;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.KeyedTraces;

/** A way of scoring traces with a model of n-grams. All ways give the same scores. */
interface NGramScoring extends AutoCloseable {
  /**
   * Scores traces.
   *
   * @param traces traces as {@link KeyedTraces#of} makes them
   * @return the scores, see {@link KeyedTraces#table}. A trace has no row if the model knows
   *     nothing without its fold
   */
  Dataset<Row> score(Dataset<Row> traces);

  /** Releases what the workers keep. */
  @Override
  void close();

  /**
   * Sends the model to all workers if it is small enough, and otherwise joins it with the traces.
   *
   * @param mostBytes largest size of a model on a worker
   */
  static NGramScoring of(NGramModel model, long mostBytes) {
    return NGramTrie.bytes(model.nodes()) <= mostBytes
        ? new LookUpScoring(model)
        : new JoinScoring(model);
  }
}
