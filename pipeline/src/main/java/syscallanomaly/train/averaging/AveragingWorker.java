package syscallanomaly.train.averaging;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.train.epoch.BatchExpansion;
import syscallanomaly.train.numerics.CounterBasedDropout;
import syscallanomaly.train.numerics.TruncatedBackPropagation;
import syscallanomaly.train.numerics.WeightedLoss;
import syscallanomaly.window.RandomHash;
import syscallanomaly.window.TraceBatch;

/**
 * Does a worker's share of an averaging round, and sums loss and correct predictions of its
 * mini-batches.
 */
final class AveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RoundStart> start;
  private final RoundSettings settings;
  private final long seed;
  private transient PredictionTotals totals;
  private transient int batches;
  private transient long sequences;
  private transient WeightedLoss loss;
  private transient long receiveNanos;
  private transient long computeNanos;
  private transient long productNanos;

  /**
   * Creates the worker that Spark sends to every task of a round.
   *
   * @param start what the round begins with
   * @param configuration dl4j-spark's settings of a worker
   * @param settings settings of the round
   * @param seed seed of the round; with the worker's number it decides what dropout drops
   */
  AveragingWorker(
      Broadcast<RoundStart> start,
      WorkerConfiguration configuration,
      RoundSettings settings,
      long seed) {
    super(null, true, configuration, null, null, null);
    this.start = start;
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public MultiLayerNetwork getInitialModel() {
    long started = System.nanoTime();
    totals = PredictionTotals.NONE;
    computeNanos = 0;
    productNanos = 0;
    batches = 0;
    sequences = 0;
    RoundStart values = start.value();
    MultiLayerNetwork network = WorkerNetworks.borrow(values.training(), values::newNetwork);
    loss = WeightedLoss.of(network);
    values.copyTo(network);
    // The seed is set after the network is built because building a network sets a seed too.
    long seedOfWorker = RandomHash.bits(seed, TaskContext.getPartitionId());
    Nd4j.getRandom().setSeed(seedOfWorker);
    CounterBasedDropout.setSeed(network, seedOfWorker);
    receiveNanos = System.nanoTime() - started;
    return network;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet batch, MultiLayerNetwork network, boolean isLast) {
    long started = System.nanoTime();
    long products = FastLstm.productNanos(network);
    settings.batch(batches++).applyTo(network);
    List<INDArray> arrays =
        Arrays.asList(batch.getFeatures(), batch.getLabels(), batch.getLabelsMaskArray());
    sequences += BatchExpansion.sequencesOf(batch);
    totals = totals.plus(fit(batch, network));
    productNanos += FastLstm.productNanos(network) - products;
    computeNanos += System.nanoTime() - started;
    // Java's garbage collector does not see memory outside its heap and would free the arrays late.
    arrays.stream().filter(INDArray::closeable).forEach(INDArray::close);
    return isLast ? getFinalResult(network) : null;
  }

  private PredictionTotals fit(DataSet batch, MultiLayerNetwork network) {
    if (LanguageModel.readsTraces(network)) {
      return TruncatedBackPropagation.fit(network, TraceBatch.of(batch), loss);
    }
    loss.setWeights(batch.getLabelsMaskArray());
    batch.setLabelsMaskArray(null);
    super.processMinibatch(batch, network, false);
    return new PredictionTotals(
        loss.totalWeight(), network.score() * batch.getFeatures().size(0), loss.correct());
  }

  @Override
  public WorkerResult getFinalResult(MultiLayerNetwork network) {
    WorkerResult result =
        new WorkerResult(
            ParameterSum.of(
                network,
                sequences,
                totals,
                TimeBreakdown.ofWorker(receiveNanos, computeNanos, productNanos)));
    WorkerNetworks.giveBack(start.value().training(), network);
    return result;
  }

  @Override
  public WorkerResult getFinalResultNoData() {
    return new WorkerResult(ParameterSum.EMPTY);
  }
}
