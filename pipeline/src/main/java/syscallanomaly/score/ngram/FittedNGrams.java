package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.KeyedTraces;
import syscallanomaly.trace.TraceColumns;

/** N-gram detectors that know all normal traces. */
final class FittedNGrams implements FittedFamily {
  /** Nothing is left out, so there is one fold. */
  private static final Column ONLY_FOLD = lit(0);

  private final NGramScoring scoring;

  /**
   * @param statistics table as {@link NGramStatistics#of} describes it
   * @param mostBytes largest size of a model on a worker
   */
  FittedNGrams(NGramManifest manifest, Dataset<Row> statistics, long mostBytes) {
    this.scoring =
        NGramScoring.of(
            new NGramModel(manifest, statistics.withColumn(FOLD, ONLY_FOLD), 1), mostBytes);
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    return scoring.score(
        KeyedTraces.of(TraceColumns.TRACES_OF_SPLITS.in(traces), ONLY_FOLD, SPLIT, ORDINAL));
  }

  @Override
  public void close() {
    scoring.close();
  }
}
