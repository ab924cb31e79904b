package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.WindowBatch;

/**
 * Trains with DL4J alone, without Spark and averaging: a loop over {@link MultiLayerNetwork#fit}.
 * Only the time in {@code fit} counts; the time to make its arrays does not.
 *
 * @param network configuration of the network, as JSON
 * @param symbols size of the vocabulary
 * @param batchSize number of windows in a mini-batch
 * @param seed seed of the network
 */
record Dl4jTraining(String network, int symbols, int batchSize, long seed) implements Serializable {

  static Dl4jTraining of(JobContext context, int symbols) {
    Configuration configuration = context.configuration();
    return new Dl4jTraining(
        context
            .library()
            .network(SequenceKind.WINDOWS, symbols, /* workers= */ 1)
            .getLayerWiseConfigurations()
            .toJson(),
        symbols,
        configuration.benchmark().batchSize(),
        configuration.run().seed());
  }

  /** Trains a new network once on each window, in the order given. */
  Outcome train(Iterator<int[]> windows) {
    MultiLayerNetwork model = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(network));
    model.init();
    Nd4j.getRandom().setSeed(seed);
    Outcome total = Outcome.NONE;
    while (windows.hasNext()) {
      DataSet batch = nextBatch(windows, LanguageModel.hasEmbedding(model));
      long started = System.nanoTime();
      model.fit(batch);
      double seconds = (System.nanoTime() - started) / 1e9;
      int examples = batch.numExamples();
      total = total.plus(new Outcome(seconds, examples, model.score() * examples));
    }
    return total;
  }

  private DataSet nextBatch(Iterator<int[]> windows, boolean embedding) {
    List<int[]> batch = new ArrayList<>(batchSize);
    while (windows.hasNext() && batch.size() < batchSize) {
      batch.add(windows.next());
    }
    return new DataSet(
        embedding ? WindowBatch.indexContexts(batch) : WindowBatch.oneHotContexts(batch, symbols),
        WindowBatch.oneHotNextCalls(batch, symbols));
  }

  /** Sums over mini-batches. This is no record because Kryo cannot restore records. */
  @JsonAutoDetect(fieldVisibility = Visibility.ANY)
  static final class Outcome implements Serializable {
    private static final long serialVersionUID = 1L;
    static final Outcome NONE = new Outcome();

    private final double seconds;
    private final long windows;
    private final double loss;

    /** For Jackson, which sets the fields afterwards. */
    private Outcome() {
      this(0, 0, 0);
    }

    Outcome(double seconds, long windows, double loss) {
      this.seconds = seconds;
      this.windows = windows;
      this.loss = loss;
    }

    /** Seconds in {@code fit}. */
    double seconds() {
      return seconds;
    }

    /** Number of windows. */
    long windows() {
      return windows;
    }

    /** Sum of the windows' losses, nats. */
    double loss() {
      return loss;
    }

    Outcome plus(Outcome other) {
      return new Outcome(seconds + other.seconds, windows + other.windows, loss + other.loss);
    }
  }
}
