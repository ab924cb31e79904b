package syscallanomaly.train;

import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.window.HoldOut;

/**
 * How the network is trained.
 *
 * @param unit what the network reads at a time; with {@link Unit#TRACES} whole traces are held out
 * @param truncation calls of a trace that back-propagation goes back, at least 1; after as many
 *     follows a parameter update. Of no effect on windows
 * @param epochs passes over the training windows or traces, at least 1
 * @param batchSize windows or traces of one mini-batch, over all workers together; each takes its
 *     share, at least {@value #SMALLEST_BATCH}
 * @param learningRate of RMSprop for a single worker, above 0
 * @param averagingFrequency mini-batches of a worker between two averagings, at least 1
 * @param tailAveraging share of an epoch's rounds, 0..1, whose mean parameters are the epoch's
 *     model; 0: those of the last round
 * @param workers Spark tasks that train side by side; 0: Spark's default parallelism
 * @param holdOut windows or traces to validate each epoch on
 * @param patience epochs without improvement after which training stops, at least 1
 * @param minDelta smallest fall of the validation loss that counts as improvement, nats
 */
public record TrainingSettings(
    Unit unit,
    int truncation,
    int epochs,
    int batchSize,
    double learningRate,
    int averagingFrequency,
    double tailAveraging,
    int workers,
    HoldOut holdOut,
    int patience,
    double minDelta)
    implements Serializable {

  /** What a network reads at a time. */
  public enum Unit {
    /** Windows of a fixed length, the last call of which it predicts. */
    WINDOWS,
    /** Whole traces, every call of which it predicts, its state carried along. */
    TRACES
  }

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

  /** Windows or traces of one worker's mini-batch. */
  int batchSizePerWorker(int workerCount) {
    return Math.max(SMALLEST_BATCH, Math.round((float) batchSize / workerCount));
  }
}
