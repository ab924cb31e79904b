package syscallanomaly.jobs.benchmark.speed;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.window.SequenceKind;

/**
 * Trains one epoch as the train step does, with one difference: each worker has a whole mini-batch,
 * so the learning rate is that of a single worker.
 *
 * @param spark the Spark session
 * @param configuration the configuration of the run
 * @param symbols size of the vocabulary
 */
record DistributedTraining(SparkSession spark, Configuration configuration, int symbols)
    implements DistributedWork {
  /**
   * Number of held-out sequences. It is small, because measuring the held-out loss is not part of
   * the benchmark.
   */
  private static final int HELD_OUT = 8;

  @Override
  public Repeat measure(MeasuredSequences sample, int workers, LstmImplementation lstm) {
    TrainedModel model =
        configuration
            .library(spark)
            .withTraining(settings(sample.kind(), workers))
            .trainer(workers)
            .withLstm(lstm)
            .train(
                configuration.library(spark).network(sample.kind(), symbols, /* workers= */ 1),
                sample.windows(),
                sample.windows().limit(HELD_OUT),
                TrainingProgress.NONE);
    EpochResult epoch = model.epochs().get(0);
    return new Repeat(
        epoch.seconds(),
        Math.round(epoch.predictionsPerSecond() * epoch.seconds()),
        sample.occurrences(),
        epoch.loss(),
        model.epochTimes().get(0));
  }

  private TrainingSettings settings(SequenceKind kind, int workers) {
    BenchmarkSettings benchmark = configuration.benchmark();
    int batchSize =
        switch (kind) {
          case WINDOWS -> benchmark.batchSize();
          case TRACES -> benchmark.traceBatchSize();
        };
    return configuration.training().toBuilder()
        .unit(kind)
        .epochs(1)
        .batchSize(workers * batchSize)
        .workers(workers)
        .build();
  }
}
