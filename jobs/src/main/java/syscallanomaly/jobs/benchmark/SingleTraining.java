package syscallanomaly.jobs.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.step.ConfiguredNetwork;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.train.TrainingSettings.Unit;
import syscallanomaly.window.WindowBatch;
import syscallanomaly.window.WindowCutter;

/**
 * DL4J as it comes, without averaging: a loop over {@link MultiLayerNetwork#fit} in a single Spark
 * task, with as many native threads as asked for. Only the time in {@code fit} counts, the making
 * of its arrays does not.
 *
 * @param network its configuration, as JSON
 * @param symbols size of the vocabulary
 */
record SingleTraining(String network, int symbols, int batchSize, long seed)
    implements Serializable {

  static SingleTraining of(Configuration configuration, int symbols) {
    return new SingleTraining(
        ConfiguredNetwork.build(configuration, Unit.WINDOWS, symbols, /* workers= */ 1)
            .getLayerWiseConfigurations()
            .toJson(),
        symbols,
        configuration.benchmark().batchSize(),
        configuration.run().seed());
  }

  /** Trains a new network on the windows of the sample once. */
  Repeat measure(Sample sample, int nativeThreads) {
    Fit fit =
        sample
            .windows()
            .repartition(1)
            .sortWithinPartitions(xxhash64(col(WindowCutter.INDEX), lit(seed)))
            .select(WindowCutter.WINDOW)
            .javaRDD()
            .mapPartitions(rows -> Collections.singleton(fit(rows, nativeThreads)).iterator())
            .reduce(Fit::plus);
    return new Repeat(
        fit.seconds(), fit.windows(), sample.occurrences(), fit.loss() / fit.windows(), 0, 0);
  }

  private Fit fit(Iterator<Row> rows, int nativeThreads) {
    MultiLayerNetwork model = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(network));
    model.init();
    Nd4j.getRandom().setSeed(seed);
    Fit total = Fit.NONE;
    try (NativeThreads threads = NativeThreads.set(nativeThreads)) {
      while (rows.hasNext()) {
        DataSet batch = nextBatch(rows, LanguageModel.hasEmbedding(model));
        long started = System.nanoTime();
        model.fit(batch);
        double seconds = (System.nanoTime() - started) / 1e9;
        int windows = batch.numExamples();
        total = total.plus(new Fit(seconds, windows, model.score() * windows));
      }
    }
    return total;
  }

  private DataSet nextBatch(Iterator<Row> rows, boolean embedding) {
    List<int[]> windows = new ArrayList<>(batchSize);
    while (rows.hasNext() && windows.size() < batchSize) {
      windows.add(rows.next().<Integer>getList(0).stream().mapToInt(Integer::intValue).toArray());
    }
    return new DataSet(
        embedding
            ? WindowBatch.indexContexts(windows)
            : WindowBatch.oneHotContexts(windows, symbols),
        WindowBatch.oneHotNextCalls(windows, symbols));
  }

  /** Sums over mini-batches. */
  private record Fit(double seconds, long windows, double loss) implements Serializable {
    static final Fit NONE = new Fit(0, 0, 0);

    Fit plus(Fit other) {
      return new Fit(seconds + other.seconds, windows + other.windows, loss + other.loss);
    }
  }
}
