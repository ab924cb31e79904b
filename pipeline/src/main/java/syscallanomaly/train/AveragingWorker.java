package syscallanomaly.train;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.window.RandomHash;

/** A worker's share of an averaging round; also counts loss and accuracy of its mini-batches. */
final class AveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RoundStart> start;
  private final long seed;
  private transient BatchTotals totals;
  private transient double correct;

  /**
   * @param seed of the round; with the worker's number it decides which units dropout drops
   */
  AveragingWorker(Broadcast<RoundStart> start, WorkerConfiguration configuration, long seed) {
    super(null, true, configuration, null, null, null);
    this.start = start;
    this.seed = seed;
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    Nd4j.getRandom().setSeed(RandomHash.bits(seed, TaskContext.getPartitionId()));
    totals = BatchTotals.NONE;
    RoundStart values = start.value();
    MultiLayerNetwork network = WorkerNetworks.borrow(values.network(), values::newNetwork);
    network.setListeners(new CorrectPredictions());
    values.copyTo(network);
    return network;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet batch, MultiLayerNetwork network, boolean isLast) {
    long started = System.nanoTime();
    long products = FastLstm.productNanos(network);
    super.processMinibatch(batch, network, false);
    totals =
        totals.plus(
            new BatchTotals(
                batch.getLabelsMaskArray().sumNumber().doubleValue(),
                network.score() * batch.numExamples(),
                correct,
                System.nanoTime() - started,
                FastLstm.productNanos(network) - products));
    return isLast ? getFinalResult(network) : null;
  }

  @Override
  public WorkerResult getFinalResult(MultiLayerNetwork network) {
    WorkerResult result = new WorkerResult(ParameterSum.of(network, totals));
    WorkerNetworks.giveBack(start.value().network(), network);
    return result;
  }

  @Override
  public WorkerResult getFinalResultNoData() {
    return new WorkerResult(ParameterSum.EMPTY);
  }

  /** Applies the softmax layer to what the forward pass of training left before it. */
  private final class CorrectPredictions extends BaseTrainingListener {
    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      MultiLayerNetwork network = (MultiLayerNetwork) model;
      INDArray last = activations.get(activations.size() - 1);
      INDArray logits =
          last.mmul(network.getOutputLayer().getParam("W"))
              .addiRowVector(network.getOutputLayer().getParam("b"));
      int[] predicted = logits.argMax(1).toIntVector();
      int[] actual = network.getLabels().argMax(1).toIntVector();
      INDArray weights = network.getOutputLayer().getMaskArray();
      correct = 0;
      for (int i = 0; i < predicted.length; i++) {
        if (predicted[i] == actual[i]) {
          correct += weights.getFloat(i);
        }
      }
    }
  }
}
