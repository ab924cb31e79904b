package syscallanomaly.train;

import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.train.averaging.BatchSettings;
import syscallanomaly.window.SequenceKind;

/**
 * How the network is trained.
 *
 * @param unit what the network reads at a time; with {@link SequenceKind#TRACES} whole traces are
 *     held out
 * @param truncation calls of a trace that back-propagation goes back in the first epoch and in the
 *     last; after as many follows a parameter update. Of no effect on windows
 * @param epochs passes over the training windows or traces, at least 1
 * @param batchSize windows or traces of one mini-batch, over all workers together; each takes its
 *     share, at least {@value #SMALLEST_BATCH}
 * @param learningRate of RMSprop for a single worker, above 0; at the beginning of training
 * @param schedule what becomes of the learning rate
 * @param averagingFrequency mini-batches of a worker between two averagings, at least 1
 * @param polyakAveraging share of an epoch's rounds, 0..1, whose mean parameters are the epoch's
 *     model; 0: those of the last round
 * @param workers Spark tasks that train side by side; 0: Spark's default parallelism
 * @param patience epochs without improvement after which training stops, at least 1
 * @param minDelta smallest fall of the held-out loss that counts as improvement, nats
 */
public record TrainingSettings(
    SequenceKind unit,
    Truncation truncation,
    int epochs,
    int batchSize,
    double learningRate,
    Schedule schedule,
    int averagingFrequency,
    double polyakAveraging,
    int workers,
    int patience,
    double minDelta)
    implements Serializable {

  /** What becomes of the learning rate in the course of a training. */
  public enum Schedule {
    /** It stays. */
    CONSTANT,
    /** It falls evenly, to 0 where the last epoch ends. */
    LINEAR
  }

  /**
   * How far back-propagation goes. Short segments at first are many updates at no more work; long
   * ones later on teach what short ones cannot.
   *
   * @param first calls at the beginning of training, at least 1
   * @param last calls at its end, at least 1; in between, even growth
   */
  public record Truncation(int first, int last) implements Serializable {}

  /** Fewest windows or traces of a worker's mini-batch. */
  public static final int SMALLEST_BATCH = 2;

  /** Workers that train side by side in a session. */
  public int workersOf(SparkSession spark) {
    return workers == 0 ? spark.sparkContext().defaultParallelism() : workers;
  }

  /**
   * The learning rate that each worker trains with: the configured one times the square root of the
   * number of workers.
   *
   * <p>A worker's gradient comes from its share of the batch, so its variance is that many times as
   * large; RMSprop divides by its root mean square and takes steps that are smaller by the square
   * root. Averaging takes the noise out again but leaves the steps small.
   */
  public double learningRateOf(int workerCount) {
    return learningRate * Math.sqrt(workerCount);
  }

  /**
   * What a mini-batch is trained with.
   *
   * @param done share of the whole training that lies before it, 0 to below 1
   */
  public BatchSettings batchSettings(int workerCount, double done) {
    double share =
        switch (schedule) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - done;
        };
    return new BatchSettings(
        share * learningRateOf(workerCount),
        (int) Math.round(truncation.first() + done * (truncation.last() - truncation.first())));
  }

  /** Windows or traces of one worker's mini-batch. */
  int batchSizePerWorker(int workerCount) {
    return Math.max(SMALLEST_BATCH, Math.round((float) batchSize / workerCount));
  }
}
