package syscallanomaly.train.numerics;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.CarriedState;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.window.TraceBatch;

/**
 * Truncated back-propagation through time (Williams and Peng: An efficient gradient-based algorithm
 * for on-line training of recurrent network trajectories, 1990): traces are read in segments of as
 * many steps as the network's configuration says, with an update of the parameters after each; the
 * state is carried from one segment to the next, the gradient is not.
 *
 * <p>The updates are those of {@link MultiLayerNetwork#fit} on the same traces, padded and masked.
 * But traces that have ended take no part in the segments that follow, one-hot input exists for a
 * segment at a time, and loss and accuracy are those of all segments. The network needs the kernel
 * of {@link syscallanomaly.model.lstm.FastLstm}: the gradients of DL4J's own LSTM are wrong in
 * every segment that begins with a carried state.
 */
public final class TruncatedBackPropagation {
  private TruncatedBackPropagation() {}

  /**
   * Trains on a mini-batch of whole traces.
   *
   * @param loss of the network
   */
  public static PredictionTotals fit(
      MultiLayerNetwork network, TraceBatch batch, WeightedLoss loss) {
    int truncation = network.getLayerWiseConfigurations().getTbpttFwdLength();
    PredictionTotals totals = PredictionTotals.NONE;
    CarriedState.clear(network);
    int rows = batch.rows();
    for (int from = 0; from < batch.steps(); from += truncation) {
      TraceBatch segment = batch.segment(from, Math.min(batch.steps(), from + truncation));
      if (segment.rows() < rows) {
        rows = segment.rows();
        CarriedState.keepRows(network, rows);
      }
      network.setInput(LanguageModel.input(network, segment));
      network.setLabels(segment.calls());
      loss.setWeights(segment.weights());
      network.computeGradientAndScore();
      totals =
          totals.plus(
              new PredictionTotals(loss.totalWeight(), network.score() * rows, loss.correct()));
      update(network, batch.rows());
      network.updateRnnStateWithTBPTTState();
    }
    CarriedState.clear(network);
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
    return totals;
  }

  /** Steps along the mean gradient of all traces of the batch, those that have ended included. */
  private static void update(MultiLayerNetwork network, int traces) {
    network
        .getUpdater()
        .update(
            network,
            network.gradient(),
            network.getIterationCount(),
            network.getEpochCount(),
            traces,
            LayerWorkspaceMgr.noWorkspaces());
    INDArray step = network.gradient().gradient();
    network.params().subi(step);
    network.getLayerWiseConfigurations().setIterationCount(network.getIterationCount() + 1);
  }
}
