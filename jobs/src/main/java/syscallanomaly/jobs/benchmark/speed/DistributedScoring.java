package syscallanomaly.jobs.benchmark.speed;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.lstm.LstmImplementation;

/**
 * Scores with an untrained network, which is as fast as a trained one. The sample is divided among
 * as many tasks as there are workers.
 *
 * @param spark the Spark session
 * @param configuration the configuration of the run
 * @param symbols size of the vocabulary
 */
record DistributedScoring(SparkSession spark, Configuration configuration, int symbols)
    implements DistributedWork {

  @Override
  public Repeat measure(MeasuredSequences sample, int workers, LstmImplementation lstm) {
    LanguageModel untrained =
        new LanguageModel(
            configuration.library(spark).network(sample.kind(), symbols, /* workers= */ 1), lstm);
    try (DistributedModel model =
        new DistributedModel(spark, untrained, configuration.scoring().batchSize())) {
      long started = System.nanoTime();
      PredictionTotals totals = model.totals(sample.windows(), workers);
      double seconds = (System.nanoTime() - started) / 1e9;
      return new Repeat(
          seconds, sample.calls(), sample.occurrences(), totals.meanLoss(), model.time());
    }
  }
}
