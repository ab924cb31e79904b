package syscallanomaly.train.epoch;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.WindowBatch;

/**
 * Expands mini-batches into the arrays that a network trains on.
 *
 * @param symbols calls that the network tells apart
 * @param embedding whether it looks them up in an embedding
 * @param traces whether it reads whole traces
 */
public record BatchExpansion(int symbols, boolean embedding, boolean traces)
    implements Serializable {

  /** For the input of a network. */
  public static BatchExpansion of(MultiLayerNetwork network) {
    return new BatchExpansion(
        new LanguageModel(network).symbols(),
        LanguageModel.hasEmbedding(network),
        LanguageModel.readsTraces(network));
  }

  DataSet expand(List<WeightedSequence> batch) {
    return traces ? expandTraces(batch) : expandWindows(batch);
  }

  private static DataSet expandTraces(List<WeightedSequence> batch) {
    List<WeightedSequence> longestFirst =
        batch.stream()
            .sorted(Comparator.comparingInt(example -> -example.window().length))
            .toList();
    return TraceBatch.of(windows(longestFirst), weights(longestFirst)).toDataSet();
  }

  private DataSet expandWindows(List<WeightedSequence> batch) {
    // DL4J takes the weight of a single window for one of each output, and fails; the mean over the
    // same window twice is the same.
    List<WeightedSequence> examples =
        batch.size() == 1 ? Collections.nCopies(2, batch.get(0)) : batch;
    List<int[]> windows = windows(examples);
    float[] weights = weights(examples);
    return new DataSet(
        embedding
            ? WindowBatch.indexContexts(windows)
            : WindowBatch.oneHotContexts(windows, symbols),
        WindowBatch.oneHotNextCalls(windows, symbols),
        null,
        Nd4j.create(weights, new long[] {weights.length, 1}, 'f'));
  }

  private static List<int[]> windows(List<WeightedSequence> examples) {
    return examples.stream().map(WeightedSequence::window).toList();
  }

  private static float[] weights(List<WeightedSequence> examples) {
    float[] weights = new float[examples.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = examples.get(i).weight();
    }
    return weights;
  }
}
