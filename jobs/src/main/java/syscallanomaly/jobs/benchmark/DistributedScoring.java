package syscallanomaly.jobs.benchmark;

import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NextCallTotals;
import syscallanomaly.model.lstm.LstmImplementation;

/** Scores with an untrained network: its speed is that of a trained one. */
final class DistributedScoring {
  private final SparkSession spark;
  private final Configuration configuration;
  private final int symbols;

  DistributedScoring(SparkSession spark, Configuration configuration, int symbols) {
    this.spark = spark;
    this.configuration = configuration;
    this.symbols = symbols;
  }

  /**
   * Scores the sample once, in as many tasks as there are workers. The windows are dealt out to
   * them, as in the score step: a sample of few traces may lie in a single partition.
   */
  Repeat measure(WindowSample sample, int workers, LstmImplementation lstm) {
    MultiLayerNetwork network = DistributedTraining.newNetwork(configuration, symbols);
    int batchSize = configuration.scoring().batchSize();
    try (DistributedModel model =
        new DistributedModel(spark, new LanguageModel(network, lstm), batchSize)) {
      long started = System.nanoTime();
      NextCallTotals totals = model.totals(sample.windows(), workers);
      double seconds = (System.nanoTime() - started) / 1e9;
      return new Repeat(seconds, sample.size(), sample.occurrences(), totals.meanLoss(), 0, 0);
    }
  }
}
