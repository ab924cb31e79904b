package syscallanomaly.score.stide;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.stide.TraceGrams.GRAM;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.trace.TraceColumns;

/**
 * Scores a trace with STIDE (sequence time-delay embedding). The score is u / m, if u of the
 * trace's m n-grams occur in no normal trace; repeats count. A trace too short for an n-gram scores
 * 0.
 *
 * <p>Source: Hofmeyr, Forrest and Somayaji: Intrusion detection using sequences of system calls,
 * 1998.
 */
final class FittedStide implements FittedFamily {
  private static final String KNOWN = "known";

  private final Dataset<Row> database;
  private final TraceGrams grams;

  /**
   * @param database the n-grams of normal traces, each once, in the column {@code gram}
   */
  FittedStide(Dataset<Row> database, TraceGrams grams) {
    this.database = database;
    this.grams = grams;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    TraceColumns.TRACES_OF_SPLITS.in(traces);
    Dataset<Row> counted =
        grams
            .counts(traces)
            .join(database.withColumn(KNOWN, lit(true)), new String[] {GRAM}, "left");
    return TraceGrams.shares(traces, counted, col(KNOWN).isNull(), StideFamily.NAME);
  }

  /** Does nothing: Spark keeps nothing of this detector. */
  @Override
  public void close() {}
}
