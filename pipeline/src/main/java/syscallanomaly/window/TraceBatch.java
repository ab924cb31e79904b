package syscallanomaly.window;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * A mini-batch of whole traces, as the arrays that a network takes piece by piece. At step t it
 * reads the call before t and predicts call t; before the first call stands {@link
 * Vocabulary#UNKNOWN}, which also fills up the shorter traces. So every call is predicted once.
 *
 * <p>Rows are traces, the longest first: those that go on at a step are the first ones. There are
 * at least {@value #FEWEST_ROWS}, the last of them empty where there is a single trace: DL4J takes
 * the weight of a single row for one of each output, and fails.
 *
 * @param inputs the call before each step: shape [rows, 1, steps], vocabulary indices
 * @param calls the call to predict: shape [rows, 1, steps], vocabulary indices
 * @param weights of the loss of each call: shape [rows, steps]; 0 after the end of a trace
 */
public record TraceBatch(INDArray inputs, INDArray calls, INDArray weights) {
  private static final int FEWEST_ROWS = 2;

  /**
   * Lays out traces of vocabulary indices.
   *
   * @param traces the longest first, each of at least a call
   * @param weights of each trace's calls, above 0
   */
  public static TraceBatch of(List<int[]> traces, float[] weights) {
    int rows = Math.max(FEWEST_ROWS, traces.size());
    int steps = traces.get(0).length;
    float[] inputs = new float[rows * steps];
    float[] calls = new float[rows * steps];
    float[] weightOfCall = new float[rows * steps];
    for (int row = 0; row < traces.size(); row++) {
      int[] trace = traces.get(row);
      if (row > 0 && trace.length > traces.get(row - 1).length) {
        throw new IllegalArgumentException("traces must come the longest first");
      }
      int before = Vocabulary.UNKNOWN;
      for (int step = 0; step < trace.length; step++) {
        int cell = row + rows * step;
        inputs[cell] = before;
        calls[cell] = trace[step];
        weightOfCall[cell] = weights[row];
        before = trace[step];
      }
    }
    // Fortran order, so that a time step is one piece of memory.
    return new TraceBatch(
        Nd4j.create(inputs, new long[] {rows, 1, steps}, 'f'),
        Nd4j.create(calls, new long[] {rows, 1, steps}, 'f'),
        Nd4j.create(weightOfCall, new long[] {rows, steps}, 'f'));
  }

  /** Reads what {@link #toDataSet} wrote. */
  public static TraceBatch of(org.nd4j.linalg.dataset.api.DataSet batch) {
    return new TraceBatch(batch.getFeatures(), batch.getLabels(), batch.getLabelsMaskArray());
  }

  /** The batch as dl4j-spark hands it to a worker; still indices, nothing is one-hot. */
  public DataSet toDataSet() {
    return new DataSet(inputs, calls, null, weights);
  }

  public int rows() {
    return Math.toIntExact(weights.size(0));
  }

  /** Calls of the longest trace. */
  public int steps() {
    return Math.toIntExact(weights.size(1));
  }

  /** The traces that have a call at {@code step}; at least {@value #FEWEST_ROWS}. */
  public int rowsAt(int step) {
    int rows = FEWEST_ROWS;
    while (rows < rows() && weights.getFloat(rows, step) > 0) {
      rows++;
    }
    return rows;
  }

  /** The steps {@code from} to {@code to - 1} of the traces that go on at {@code from}. */
  public TraceBatch segment(int from, int to) {
    int rows = rowsAt(from);
    return new TraceBatch(
        steps(inputs, rows, from, to),
        steps(calls, rows, from, to),
        weights.get(NDArrayIndex.interval(0, rows), NDArrayIndex.interval(from, to)).dup('f'));
  }

  private static INDArray steps(INDArray array, int rows, int from, int to) {
    return array
        .get(NDArrayIndex.interval(0, rows), NDArrayIndex.all(), NDArrayIndex.interval(from, to))
        .dup('f');
  }

  /** {@link #inputs} one-hot: shape [rows, symbols, steps], Fortran order. */
  public INDArray oneHotInputs(int symbols) {
    int rows = rows();
    int steps = steps();
    int[] indices = inputs.dup('f').data().asInt();
    INDArray zeros = Nd4j.create(DataType.FLOAT, new long[] {rows, symbols, steps}, 'f');
    DataBuffer values = zeros.data();
    for (int step = 0; step < steps; step++) {
      for (int row = 0; row < rows; row++) {
        int index = indices[row + rows * step];
        values.put(row + (long) rows * (index + (long) symbols * step), 1f);
      }
    }
    return zeros;
  }
}
