package syscallanomaly.train.averaging;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.ExecuteWorkerFlatMap;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.epoch.BatchExpansion;
import syscallanomaly.train.epoch.PrefetchedBatches;
import syscallanomaly.train.epoch.WeightedSequence;

/**
 * dl4j-spark's synchronous parameter averaging; each call runs one averaging round.
 *
 * <p>The stock training master draws its own splits and drops what exceeds them. It adds parameters
 * in the order in which workers finish, and it never releases a round's broadcast. This class
 * trains on exactly the mini-batches that it is given. Its mean does not depend on the order of the
 * workers, and the broadcast is released after the round.
 *
 * <p>Only bytes and plain numbers go through Spark's serializer, so that any serializer works.
 * DL4J's entry point SparkDl4jMultiLayer is not used because it requires that Kryo knows ND4J's
 * arrays.
 */
public final class ParameterAveraging extends ParameterAveragingTrainingMaster {
  /**
   * Largest number of workers whose parameters the driver adds without a tree of tasks. For so few
   * workers a tree leaves the adding to the driver too, but Spark needs 8 ms in each round to
   * prepare it.
   */
  private static final int FEW_WORKERS = 4;

  /** To dl4j-spark, a whole mini-batch is one example; see {@link BatchExpansion}. */
  private static final int EXAMPLES_OF_A_BATCH = 1;

  private final String training;
  private final LstmImplementation lstm;

  /**
   * Creates the averaging of one training.
   *
   * @param training identifies the training; workers keep their networks while it stays the same
   * @param lstm implementation that computes the workers' LSTM layers
   * @param workers number of workers, at least 1
   * @param averagingFrequency largest number of a worker's mini-batches in a round, at least 1
   */
  public ParameterAveraging(
      String training, LstmImplementation lstm, int workers, int averagingFrequency) {
    super(
        new Builder(workers, EXAMPLES_OF_A_BATCH)
            .batchSizePerWorker(EXAMPLES_OF_A_BATCH)
            .averagingFrequency(averagingFrequency)
            .repartionData(Repartition.Never)
            .storageLevel(null));
    this.training = training;
    this.lstm = lstm;
  }

  /**
   * Trains each worker on its mini-batches and sets the network to the mean of their parameters. A
   * worker counts in the mean with the number of sequences that it trained on.
   *
   * @param network takes the mean parameters and updater state of the round
   * @param batches mini-batches; each worker has one partition
   * @param settings settings of the round
   * @param seed seed of the round's dropout
   * @return sums over the round's predictions, and where its time went
   */
  public RoundResult round(
      MultiLayerNetwork network,
      JavaRDD<List<WeightedSequence>> batches,
      RoundSettings settings,
      long seed) {
    long started = System.nanoTime();
    BatchExpansion expansion = BatchExpansion.of(network);
    Broadcast<RoundStart> broadcast =
        JavaSparkContext.fromSparkContext(batches.context())
            .broadcast(RoundStart.of(training, lstm, network));
    long sent = System.nanoTime();
    ParameterSum sum;
    try {
      AveragingWorker worker = new AveragingWorker(broadcast, workerSettings(), settings, seed);
      sum = sum(batches.mapPartitions(trainedBy(worker, expansion)));
    } finally {
      broadcast.destroy();
    }
    long added = System.nanoTime();
    setMean(network, sum);
    long ended = System.nanoTime();
    TimeBreakdown time =
        sum.time()
            .then(TimeBreakdown.ofBroadcast(sent - started))
            .then(TimeBreakdown.ofAggregation(ended - added))
            .then(TimeBreakdown.ofRound(ended - started));
    return new RoundResult(sum.totals(), time);
  }

  private WorkerConfiguration workerSettings() {
    return new WorkerConfiguration(
        false, batchSizePerWorker, batchSizePerWorker, averagingFrequency, 0, false);
  }

  private void setMean(MultiLayerNetwork master, ParameterSum sum) {
    master.setParameters(sum.meanParameters());
    master.getUpdater().setStateViewArray(null, sum.meanUpdaterState(), false);
    master.getLayerWiseConfigurations().setIterationCount(sum.iterations());
  }

  private ParameterSum sum(JavaRDD<ParameterSum> ofWorkers) {
    return numWorkers <= FEW_WORKERS
        ? ofWorkers.reduce(ParameterSum::plus)
        : ofWorkers.treeReduce(ParameterSum::plus, aggregationDepth);
  }

  private static FlatMapFunction<Iterator<List<WeightedSequence>>, ParameterSum> trainedBy(
      AveragingWorker worker, BatchExpansion expansion) {
    return batches -> {
      Iterator<ParameterAveragingTrainingResult> result =
          new ExecuteWorkerFlatMap<>(worker).call(new PrefetchedBatches(batches, expansion));
      return Collections.singleton(((WorkerResult) result.next()).sum()).iterator();
    };
  }
}
