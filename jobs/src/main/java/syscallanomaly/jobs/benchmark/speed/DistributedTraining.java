package syscallanomaly.jobs.benchmark.speed;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.step.ConfiguredNetwork;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.Trainer;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.TrainingSettings.Unit;
import syscallanomaly.train.averaging.WorkerTime;

/**
 * An epoch as the train step trains it, but with a mini-batch of its own for each worker, so that
 * the learning rate is that of a single one.
 *
 * @param symbols size of the vocabulary
 */
record DistributedTraining(SparkSession spark, Configuration configuration, int symbols)
    implements DistributedWork {
  /** A few are enough: to validate on them is not part of what is measured. */
  private static final int HELD_OUT = 8;

  private static final TrainingProgress UNSEEN =
      new TrainingProgress() {
        @Override
        public void epochStarted(int epoch, long windows) {}

        @Override
        public void roundEnded(int epoch, long windows) {}

        /** A checkpoint is not part of what is measured. */
        @Override
        public void epochEnded(EpochResult result, Supplier<byte[]> checkpoint) {}
      };

  @Override
  public Repeat measure(MeasuredSequences sample, int workers, LstmImplementation lstm) {
    TrainedModel model =
        new Trainer(spark, settings(sample.unit(), workers), workers, configuration.run().seed())
            .withLstm(lstm)
            .train(
                ConfiguredNetwork.build(configuration, sample.unit(), symbols, /* workers= */ 1),
                sample.windows(),
                sample.windows().limit(HELD_OUT),
                UNSEEN);
    EpochResult epoch = model.epochs().get(0);
    WorkerTime time = model.workerTimes().get(0);
    return new Repeat(
        epoch.seconds(),
        Math.round(epoch.predictionsPerSecond() * epoch.seconds()),
        sample.occurrences(),
        epoch.loss(),
        time.computeSeconds(),
        time.productSeconds(),
        time.rounds());
  }

  private TrainingSettings settings(Unit unit, int workers) {
    BenchmarkSettings benchmark = configuration.benchmark();
    int batchSize =
        switch (unit) {
          case WINDOWS -> benchmark.batchSize();
          case TRACES -> benchmark.traceBatchSize();
        };
    return configuration.training().toBuilder()
        .unit(unit)
        .epochs(1)
        .batchSize(workers * batchSize)
        .workers(workers)
        .build();
  }
}
