package syscallanomaly.train.averaging;

import java.io.Serializable;
import syscallanomaly.train.TrainingSettings;

/**
 * The settings of an averaging round. Those of a mini-batch depend only on its place in the whole
 * training, so that an interrupted training goes on as if it had not been interrupted.
 *
 * @param training settings of the whole training
 * @param workers number of workers that train in parallel, at least 1
 * @param epoch number of the epoch, from 1
 * @param before number of updates in the epoch's rounds before this one, from 0; in an update each
 *     worker trains on one mini-batch
 * @param updates number of updates in the epoch, at least 1
 */
public record RoundSettings(
    TrainingSettings training, int workers, int epoch, long before, long updates)
    implements Serializable {

  /**
   * The settings of a mini-batch.
   *
   * @param batch number of the worker's mini-batch in the round, from 0
   */
  BatchSettings batch(int batch) {
    double doneOfEpoch = (double) (before + batch) / updates;
    return atShare((epoch - 1 + doneOfEpoch) / training.epochs());
  }

  /**
   * The settings after a share of the whole training. The learning rate rises evenly during
   * warm-up, and the schedule applies in addition. The truncation grows evenly.
   *
   * @param done share of the whole training that is done, 0 to below 1
   */
  private BatchSettings atShare(double done) {
    double scheduled =
        switch (training.schedule()) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - done;
        };
    double warmth = done < training.warmUp() ? done / training.warmUp() : 1;
    TrainingSettings.Truncation truncation = training.truncation();
    return new BatchSettings(
        warmth * scheduled * training.learningRateOf(workers),
        (int) Math.round(truncation.first() + done * (truncation.last() - truncation.first())));
  }
}
