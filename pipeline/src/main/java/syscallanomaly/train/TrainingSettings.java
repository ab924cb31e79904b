package syscallanomaly.train;

import java.io.Serializable;
import syscallanomaly.window.HoldOut;

/**
 * How the network is trained.
 *
 * @param epochs passes over the training windows, at least 1
 * @param batchSize windows of one parameter update, over all workers together, at least 1
 * @param learningRate of RMSprop, above 0
 * @param averagingFrequency mini-batches of a worker between two averagings, at least 1
 * @param workers Spark tasks that train side by side; 0: Spark's default parallelism
 * @param holdOut windows to validate each epoch on
 * @param patience epochs without improvement after which training stops, at least 1
 * @param minDelta smallest fall of the validation loss that counts as improvement, nats
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    double learningRate,
    int averagingFrequency,
    int workers,
    HoldOut holdOut,
    int patience,
    double minDelta)
    implements Serializable {

  /** Windows of one worker's mini-batch: its share of {@link #batchSize}, at least 1. */
  int batchSizePerWorker(int workerCount) {
    return Math.max(1, Math.round((float) batchSize / workerCount));
  }
}
