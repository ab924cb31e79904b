package syscallanomaly.train.epoch;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.Collections;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * The numbered, weighted sequences of a training set, which the workers hold in compact form.
 *
 * <p>A sequence that stands for many equal ones has a weight in proportion to their number. If this
 * weight would exceed {@link #LARGEST_WEIGHT} times the mean, the sequence is repeated, and its
 * copies share the weight. So a handful of very frequent sequences cannot dominate an update. An
 * example is one of these copies.
 */
public final class WeightedSequences implements AutoCloseable {
  private static final double LARGEST_WEIGHT = 4;

  private final JavaPairRDD<WeightedSequence, Long> numbered;
  private final long count;
  private final long predictions;

  private WeightedSequences(
      JavaPairRDD<WeightedSequence, Long> numbered, long count, long predictions) {
    this.numbered = numbered;
    this.count = count;
    this.predictions = predictions;
  }

  /**
   * Numbers windows as in the corpus.
   *
   * @param training windows with their multiplicity, as {@link TrainingSequences#training()} gives
   *     them
   */
  public static WeightedSequences of(Dataset<Row> training) {
    return numbered(training, lit(1L), col(WindowCutter.INDEX));
  }

  /**
   * Numbers whole traces by length, the shortest first.
   *
   * @param training whole traces with their multiplicity, as {@link
   *     TrainingSequences#ofWholeTraces} gives them
   */
  public static WeightedSequences ofTraces(Dataset<Row> training) {
    Column calls = size(col(TrainingSequences.SEQUENCE));
    return numbered(training, calls, calls, col(WindowCutter.INDEX));
  }

  private static WeightedSequences numbered(
      Dataset<Row> training, Column predictions, Column... order) {
    Row totals =
        training
            .agg(sum(TrainingSequences.MULTIPLICITY), avg(TrainingSequences.MULTIPLICITY))
            .head();
    if (totals.isNullAt(0)) {
      throw new IllegalArgumentException("no training windows");
    }
    double meanMultiplicity = totals.getDouble(1);
    Dataset<Row> shares =
        training
            .withColumn(
                "examples",
                ceil(
                    col(TrainingSequences.MULTIPLICITY)
                        .divide(lit(LARGEST_WEIGHT * meanMultiplicity))))
            .orderBy(order);
    Row sums = shares.agg(sum("examples"), sum(col("examples").multiply(predictions))).head();
    long examples = sums.getLong(0);
    double meanWeight = (double) totals.getLong(0) / examples;
    JavaRDD<WeightedSequence> unnumbered =
        shares
            .select(TrainingSequences.SEQUENCE, TrainingSequences.MULTIPLICITY, "examples")
            .as(Encoders.tuple(ValueEncoders.INTS, ValueEncoders.LONG, ValueEncoders.LONG))
            .javaRDD()
            .flatMap(
                sequence -> {
                  int copies = Math.toIntExact(sequence._3());
                  float weight = (float) (sequence._2() / (copies * meanWeight));
                  return Collections.nCopies(copies, new WeightedSequence(sequence._1(), weight))
                      .iterator();
                });
    JavaPairRDD<WeightedSequence, Long> numbered =
        unnumbered.zipWithIndex().persist(StorageLevel.MEMORY_AND_DISK_SER());
    return new WeightedSequences(numbered, examples, sums.getLong(1));
  }

  /** All examples with their numbers, 0 to {@link #count()} - 1. */
  JavaPairRDD<WeightedSequence, Long> numbered() {
    return numbered;
  }

  long count() {
    return count;
  }

  /** Number of predictions of all examples together. */
  public long predictions() {
    return predictions;
  }

  @Override
  public void close() {
    numbered.unpersist();
  }
}
