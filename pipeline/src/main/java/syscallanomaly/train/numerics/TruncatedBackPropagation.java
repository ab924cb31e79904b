package syscallanomaly.train.numerics;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.CarriedState;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.TraceSegment;

/**
 * Truncated back-propagation through time (Williams and Peng: An efficient gradient-based algorithm
 * for on-line training of recurrent network trajectories, 1990). Traces are read in segments, whose
 * number of time steps is in the network's configuration. The parameters are updated after each
 * segment. The state is carried from one segment to the next, but the gradient is not.
 *
 * <p>The updates are those of {@link MultiLayerNetwork#fit} on the same traces, padded and masked.
 * There are three differences. Traces that have ended are left out of later segments. Arrays exist
 * only for the current segment. Loss and correct predictions are summed over all segments.
 *
 * <p>The network needs the kernel of {@link syscallanomaly.model.lstm.FastLstm}. The gradients of
 * DL4J's own LSTM are wrong in every segment that begins with a carried state.
 */
public final class TruncatedBackPropagation {
  private TruncatedBackPropagation() {}

  /**
   * Trains on a mini-batch of whole traces.
   *
   * @param network network that reads whole traces
   * @param batch traces with their weights
   * @param loss loss that is installed in the network
   * @return sums over the predictions of all segments
   */
  public static PredictionTotals fit(
      MultiLayerNetwork network, TraceBatch batch, WeightedLoss loss) {
    int truncation = network.getLayerWiseConfigurations().getTbpttFwdLength();
    PredictionTotals totals = PredictionTotals.NONE;
    CarriedState.clear(network);
    int rows = batch.rows();
    for (int from = 0; from < batch.steps(); from += truncation) {
      TraceSegment segment = batch.segment(from, Math.min(batch.steps(), from + truncation));
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
      update(network, batch.traces());
      network.updateRnnStateWithTBPTTState();
    }
    CarriedState.clear(network);
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
    return totals;
  }

  /**
   * Updates the parameters: p becomes p - u, where the optimiser computes u from the gradient
   * divided by the number of all traces of the batch. Traces that have ended count in that number.
   */
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
    INDArray update = network.gradient().gradient();
    network.params().subi(update);
    network.getLayerWiseConfigurations().setIterationCount(network.getIterationCount() + 1);
  }
}
