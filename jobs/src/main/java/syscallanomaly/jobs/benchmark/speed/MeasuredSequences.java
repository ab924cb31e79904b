package syscallanomaly.jobs.benchmark.speed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.window.RandomHash;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * Windows or whole traces to measure with. They are drawn at random and cached on the workers.
 *
 * @param kind whether these are windows or whole traces
 * @param windows columns {@code index}, {@code sequence} and {@code multiplicity}; at least one row
 * @param calls number of predictions in one pass: one for each window, or one for each call of a
 *     trace
 * @param occurrences number of predictions in the corpus that these stand for: each counts with the
 *     multiplicity of its window or trace
 */
record MeasuredSequences(SequenceKind kind, Dataset<Row> windows, long calls, long occurrences)
    implements AutoCloseable {

  /**
   * Draws windows, or whole traces with about the requested number of calls.
   *
   * @param kind whether {@code all} holds windows or whole traces
   * @param all the windows or traces to draw from
   * @param calls number of predictions to draw, at least 1; all are taken if there are fewer
   * @param seed seed of the draw
   * @throws UnusableInputException if there is nothing to draw from
   */
  static MeasuredSequences of(SequenceKind kind, Dataset<Row> all, long calls, long seed) {
    Column predicted =
        switch (kind) {
          case WINDOWS -> lit(1L);
          case TRACES -> size(col(TrainingSequences.SEQUENCE));
        };
    Row totals = all.agg(count(lit(1)), sum(predicted)).head();
    if (totals.getLong(0) == 0) {
      throw new UnusableInputException(
          "Cannot measure: no training windows; give longer or more traces, or change windows.length");
    }
    double callsOfOne = (double) totals.getLong(1) / totals.getLong(0);
    UDF1<Long, Long> random = index -> RandomHash.bits(seed, index);
    Dataset<Row> drawn =
        all.orderBy(udf(random, DataTypes.LongType).apply(col(WindowCutter.INDEX)))
            // Beyond the largest int, a cast stops there.
            .limit((int) Math.ceil(calls / callsOfOne))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row sums =
        drawn
            .agg(sum(predicted), sum(predicted.multiply(col(TrainingSequences.MULTIPLICITY))))
            .head();
    return new MeasuredSequences(kind, drawn, sums.getLong(0), sums.getLong(1));
  }

  @Override
  public void close() {
    windows.unpersist();
  }
}
