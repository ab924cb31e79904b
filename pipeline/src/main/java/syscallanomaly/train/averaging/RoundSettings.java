package syscallanomaly.train.averaging;

import java.io.Serializable;
import syscallanomaly.train.TrainingSettings;

/**
 * What the mini-batches of an averaging round are trained with: a function of their place in the
 * whole training alone, so that an interrupted training goes on as it would have.
 *
 * @param training settings of the whole training
 * @param workers that train side by side
 * @param epoch from 1
 * @param round from 0
 * @param rounds of the epoch
 */
public record RoundSettings(
    TrainingSettings training, int workers, int epoch, int round, int rounds)
    implements Serializable {

  /**
   * @param batch a worker's mini-batch of the round, from 0
   */
  BatchSettings batch(int batch) {
    double doneOfRound = (double) batch / training.averagingFrequency();
    double doneOfEpoch = (round + doneOfRound) / rounds;
    return training.batchSettings(workers, (epoch - 1 + doneOfEpoch) / training.epochs());
  }
}
