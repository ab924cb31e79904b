package syscallanomaly.score.ngram;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was learned of normal traces, before it is sent to the workers.
 *
 * @param manifest how traces are judged
 * @param statistics table with the columns {@code fold} and those of {@link NGramStatistics#of};
 *     the traces of a fold are judged by its rows
 * @param folds number of folds; they are numbered from 0
 */
record NGramModel(NGramManifest manifest, Dataset<Row> statistics, int folds) {
  /** Largest number of nodes of a trie that holds the model. */
  long nodes() {
    // A root and the contexts that hold start symbols alone are no n-grams.
    return manifest.grams() + (long) folds * manifest.settings().orders();
  }
}
