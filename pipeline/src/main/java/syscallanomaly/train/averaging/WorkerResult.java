package syscallanomaly.train.averaging;

import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * What a worker hands back after its mini-batches of a round. It never leaves the worker's task.
 */
final class WorkerResult extends ParameterAveragingTrainingResult {
  private static final long serialVersionUID = 1L;

  private final transient ParameterSum sum;

  WorkerResult(ParameterSum sum) {
    super(null, null, 0, null, null, null);
    this.sum = sum;
  }

  ParameterSum sum() {
    return sum;
  }
}
