package syscallanomaly.train;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.LanguageModel;

/**
 * Counts the right predictions of a mini-batch: applies the softmax layer to what the forward pass
 * of training left before it.
 */
final class CorrectPredictions extends BaseTrainingListener {
  private final WeightedLoss loss;
  private double correct;

  CorrectPredictions(WeightedLoss loss) {
    this.loss = loss;
  }

  /** Sum of the weights of the right predictions in the last forward pass. */
  double correct() {
    return correct;
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    boolean traces = LanguageModel.readsTraces(network);
    INDArray last = activations.get(activations.size() - 1);
    INDArray logits =
        (traces ? rowsOfSteps(last) : last)
            .mmul(network.getOutputLayer().getParam("W"))
            .addiRowVector(network.getOutputLayer().getParam("b"));
    int[] predicted = logits.argMax(1).toIntVector();
    int[] actual =
        traces
            ? rowsOfSteps(network.getLabels()).toIntVector()
            : network.getLabels().argMax(1).toIntVector();
    correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      if (predicted[i] == actual[i]) {
        correct += loss.weight(i);
      }
    }
  }

  /** From [rows, values, steps] to [steps * rows, values], as the output layer does. */
  private static INDArray rowsOfSteps(INDArray array) {
    return TimeSeriesUtils.reshape3dTo2d(
        array, LayerWorkspaceMgr.noWorkspacesImmutable(), ArrayType.INPUT);
  }
}
