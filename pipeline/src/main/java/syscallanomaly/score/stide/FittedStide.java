package syscallanomaly.score.stide;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.stide.TraceGrams.GRAM;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

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
public final class FittedStide implements FittedFamily {
  /** Number of n-grams of a trace that occur in no normal trace, repeats counted: long. */
  public static final String UNSEEN = "unseen";

  /** Place in its trace of the first call of an n-gram, from 0: int. */
  public static final String PLACE = TraceGrams.PLACE;

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

  /** Number of calls in an n-gram. */
  public int length() {
    return grams.length();
  }

  /**
   * Finds the n-grams that occur in no normal trace. It takes more work than {@link #score}, so it
   * is for chosen traces.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES_OF_SPLITS}
   * @return one row for each trace that has such an n-gram, with {@code split}, {@code ordinal},
   *     {@link #UNSEEN}, and the {@link #PLACE} of the first one
   */
  public Dataset<Row> unseen(Dataset<Row> traces) {
    return grams
        .places(TraceColumns.TRACES_OF_SPLITS.in(traces))
        .groupBy(SPLIT, ORDINAL, GRAM)
        .agg(count(lit(1)).as(UNSEEN), min(PLACE).as(PLACE))
        .join(database, new String[] {GRAM}, "left_anti")
        .groupBy(SPLIT, ORDINAL)
        .agg(sum(UNSEEN).as(UNSEEN), min(PLACE).as(PLACE));
  }

  /** Does nothing: Spark keeps nothing of this detector. */
  @Override
  public void close() {}
}
