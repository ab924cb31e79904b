package syscallanomaly.train;

import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a worker hands back after its mini-batches of a round. */
final class WorkerResult extends ParameterAveragingTrainingResult {
  private static final long serialVersionUID = 1L;

  private final transient BatchTotals totals;

  WorkerResult(INDArray parameters, INDArray updaterState, double score, BatchTotals totals) {
    super(parameters, updaterState, score, null, null, null);
    this.totals = totals;
  }

  BatchTotals totals() {
    return totals;
  }
}
