package syscallanomaly.train.epoch;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A mini-batch that dl4j-spark hands to the worker as it is. Its loop regroups examples until each
 * mini-batch has the configured number, so that mini-batches of different sizes would be joined and
 * cut. To that loop, this mini-batch is a single example.
 */
final class UndividedBatch extends DataSet {
  private static final long serialVersionUID = 1L;

  UndividedBatch(INDArray features, INDArray labels, INDArray weights) {
    super(features, labels, null, weights);
  }

  @Override
  public int numExamples() {
    return 1;
  }
}
