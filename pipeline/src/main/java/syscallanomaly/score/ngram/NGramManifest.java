package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.ngram.NGramStatistics.FOLLOWERS;
import static syscallanomaly.score.ngram.NGramStatistics.ORDER;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is kept of a model of n-grams beside its statistics.
 *
 * @param settings how the model judges traces
 * @param distinctCalls number of different calls in all normal traces, at least 1
 * @param grams number of n-grams in the statistics, of one call or more; in each fold, if there are
 *     folds
 */
record NGramManifest(NGramSettings settings, long distinctCalls, long grams)
    implements Serializable {
  /**
   * Describes a model.
   *
   * @param statistics table with the columns of {@link NGramStatistics#of}
   */
  static NGramManifest of(NGramSettings settings, Dataset<Row> statistics) {
    long distinctCalls =
        statistics.where(col(ORDER).equalTo(0)).select(explode(col(FOLLOWERS))).distinct().count();
    return new NGramManifest(settings, distinctCalls, grams(statistics));
  }

  /** The number of n-grams in statistics. */
  static long grams(Dataset<Row> statistics) {
    return statistics.agg(coalesce(sum(size(col(FOLLOWERS))), lit(0L))).head().getLong(0);
  }

  /** The manifest of a part of the model with so many n-grams. */
  NGramManifest with(long part) {
    return new NGramManifest(settings, distinctCalls, part);
  }

  CallLikelihood likelihood() {
    return new CallLikelihood(distinctCalls, settings.discount());
  }
}
