package syscallanomaly.train.epoch;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NativeLibraries;
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

  /**
   * Number of sequences in an expanded batch. A single trace has an empty row beside it, whose
   * weights are 0.
   */
  public static long sequencesOf(org.nd4j.linalg.dataset.api.DataSet batch) {
    INDArray weights = batch.getLabelsMaskArray();
    long rows = weights.size(0);
    return rows > 1 && weights.getFloat(rows - 1, 0) == 0 ? rows - 1 : rows;
  }

  /** Expands a mini-batch into one that dl4j-spark's loop leaves as it is. */
  DataSet expand(List<WeightedSequence> batch) {
    NativeLibraries.load();
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
    List<int[]> windows = indices(batch);
    float[] weights = weights(batch);
    return new UndividedBatch(
        embedding
            ? WindowBatch.indexContexts(windows)
            : WindowBatch.oneHotContexts(windows, symbols),
        WindowBatch.oneHotNextCalls(windows, symbols),
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
