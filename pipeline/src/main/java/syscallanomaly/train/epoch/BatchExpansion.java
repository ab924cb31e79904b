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
 * @param symbols size of the vocabulary
 * @param embedding whether the network looks calls up in an embedding
 * @param traces whether the network reads whole traces
 */
public record BatchExpansion(int symbols, boolean embedding, boolean traces)
    implements Serializable {

  /** The expansion into arrays that a network reads. */
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
            .sorted(Comparator.comparingInt(example -> -example.indices().length))
            .toList();
    return TraceBatch.of(indices(longestFirst), weights(longestFirst)).toDataSet();
  }

  private DataSet expandWindows(List<WeightedSequence> batch) {
    // DL4J fails on a batch of one window: it takes its weight for weights of the outputs. The mean
    // over the same window twice is the same.
    List<WeightedSequence> examples =
        batch.size() == 1 ? Collections.nCopies(2, batch.get(0)) : batch;
    List<int[]> windows = indices(examples);
    float[] weights = weights(examples);
    return new DataSet(
        embedding
            ? WindowBatch.indexContexts(windows)
            : WindowBatch.oneHotContexts(windows, symbols),
        WindowBatch.oneHotNextCalls(windows, symbols),
        null,
        Nd4j.create(weights, new long[] {weights.length, 1}, 'f'));
  }

  private static List<int[]> indices(List<WeightedSequence> examples) {
    return examples.stream().map(WeightedSequence::indices).toList();
  }

  private static float[] weights(List<WeightedSequence> examples) {
    float[] weights = new float[examples.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = examples.get(i).weight();
    }
    return weights;
  }
}
