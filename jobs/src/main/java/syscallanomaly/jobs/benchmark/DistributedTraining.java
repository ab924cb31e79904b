package syscallanomaly.jobs.benchmark;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.Trainer;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.WorkerTime;

/** An epoch as the train step trains it, with a mini-batch of its own for each worker. */
final class DistributedTraining {
  private final SparkSession spark;
  private final Configuration configuration;
  private final BenchmarkData data;

  DistributedTraining(SparkSession spark, Configuration configuration, BenchmarkData data) {
    this.spark = spark;
    this.configuration = configuration;
    this.data = data;
  }

  /** Trains a new network on the sample once. */
  Repeat measure(WindowSample sample, int workers, LstmImplementation lstm) {
    WindowCount trained = new WindowCount();
    TrainedModel model =
        new Trainer(spark, settings(workers), workers, configuration.run().seed())
            .withLstm(lstm)
            .train(
                newNetwork(configuration, data.symbols()),
                sample.windows(),
                data.heldOut().windows(),
                trained);
    EpochResult epoch = model.epochs().get(0);
    WorkerTime time = model.workerTimes().get(0);
    return new Repeat(
        epoch.seconds(),
        trained.windows,
        sample.occurrences(),
        epoch.loss(),
        time.computeSeconds(),
        time.productSeconds());
  }

  /** Each worker has whole mini-batches, so that the learning rate is that of a single one. */
  static MultiLayerNetwork newNetwork(Configuration configuration, int symbols) {
    return NetworkBuilder.build(
        configuration.network(),
        symbols,
        configuration.windows().length() - 1,
        configuration.training().learningRate(),
        configuration.run().seed());
  }

  private TrainingSettings settings(int workers) {
    TrainingSettings configured = configuration.training();
    return new TrainingSettings(
        TrainingSettings.Unit.WINDOWS,
        configured.truncation(),
        1,
        workers * configuration.benchmark().batchSize(),
        configured.learningRate(),
        configured.averagingFrequency(),
        configured.tailAveraging(),
        workers,
        configured.holdOut(),
        configured.patience(),
        configured.minDelta());
  }

  private static final class WindowCount implements TrainingProgress {
    private long windows;

    @Override
    public void roundEnded(int epoch, long ofRound, long windowsOfEpoch) {
      windows += ofRound;
    }

    /** A checkpoint is not part of what is measured. */
    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> checkpoint) {}
  }
}
