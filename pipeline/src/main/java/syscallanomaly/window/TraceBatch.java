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
 * A mini-batch of whole traces, as arrays that a network reads in segments of time steps. At time
 * step t the network reads the call before t and predicts call t. {@link Vocabulary#UNKNOWN} stands
 * before the first call and fills up the shorter traces. So the network predicts every call once.
 *
 * <p>Each row is a trace. The longest trace comes first, so the traces that go on at a time step
 * are always the first rows. A batch has at least {@value #FEWEST_ROWS} rows: for a single trace,
 * the last row is empty, because DL4J mistakes the loss weights of a single row for weights of the
 * outputs and fails.
 *
 * @param inputs the call before each time step, shape [rows, 1, time steps], vocabulary indices
 * @param calls the call to predict, shape [rows, 1, time steps], vocabulary indices
 * @param weights the weight of each call in the loss, shape [rows, time steps]; 0 after the end of
 *     a trace
 */
public record TraceBatch(INDArray inputs, INDArray calls, INDArray weights) {
  private static final int FEWEST_ROWS = 2;

  /**
   * Makes a batch of traces.
   *
   * @param traces vocabulary indices, the longest trace first; each trace has at least one call
   * @param weights weight in the loss for each trace, above 0; every call of the trace gets it
   * @throws IllegalArgumentException if a trace is longer than the one before it
   */
  public static TraceBatch of(List<int[]> traces, float[] weights) {
    int rows = Math.max(FEWEST_ROWS, traces.size());
    int timeSteps = traces.get(0).length;
    float[] inputs = new float[rows * timeSteps];
    float[] calls = new float[rows * timeSteps];
    float[] weightOfCall = new float[rows * timeSteps];
    for (int row = 0; row < traces.size(); row++) {
      int[] trace = traces.get(row);
      if (row > 0 && trace.length > traces.get(row - 1).length) {
        throw new IllegalArgumentException(
            "Cannot batch traces: trace "
                + row
                + " has "
                + trace.length
                + " calls, more than the one before it; sort the traces, longest first");
      }
      int before = Vocabulary.UNKNOWN;
      for (int timeStep = 0; timeStep < trace.length; timeStep++) {
        int cell = row + rows * timeStep;
        inputs[cell] = before;
        calls[cell] = trace[timeStep];
        weightOfCall[cell] = weights[row];
        before = trace[timeStep];
      }
    }
    // Fortran order, because a time step is then contiguous in memory.
    return new TraceBatch(
        Nd4j.create(inputs, new long[] {rows, 1, timeSteps}, 'f'),
        Nd4j.create(calls, new long[] {rows, 1, timeSteps}, 'f'),
        Nd4j.create(weightOfCall, new long[] {rows, timeSteps}, 'f'));
  }

  /** Returns the batch that {@link #toDataSet} converted. */
  public static TraceBatch of(org.nd4j.linalg.dataset.api.DataSet batch) {
    return new TraceBatch(batch.getFeatures(), batch.getLabels(), batch.getLabelsMaskArray());
  }

  /**
   * Converts the batch to the type that dl4j-spark hands to a worker. It holds indices; nothing is
   * one-hot.
   */
  public DataSet toDataSet() {
    return new DataSet(inputs, calls, null, weights);
  }

  public int rows() {
    return Math.toIntExact(weights.size(0));
  }

  /** Number of time steps, which is the length of the longest trace. */
  public int steps() {
    return Math.toIntExact(weights.size(1));
  }

  /**
   * Number of traces that have a call at a time step; at least {@value #FEWEST_ROWS}.
   *
   * @param timeStep the time step, from 0
   */
  public int rowsAt(int timeStep) {
    int rows = FEWEST_ROWS;
    while (rows < rows() && weights.getFloat(rows, timeStep) > 0) {
      rows++;
    }
    return rows;
  }

  /**
   * Returns the time steps {@code from} to {@code to - 1} of the traces that have a call at time
   * step {@code from}.
   */
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

  /**
   * Returns {@link #inputs} one-hot, shape [rows, symbols, time steps], Fortran order.
   *
   * @param symbols size of the vocabulary
   */
  public INDArray oneHotInputs(int symbols) {
    int rows = rows();
    int timeSteps = steps();
    int[] indices = inputs.dup('f').data().asInt();
    INDArray zeros = Nd4j.create(DataType.FLOAT, new long[] {rows, symbols, timeSteps}, 'f');
    DataBuffer values = zeros.data();
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      for (int row = 0; row < rows; row++) {
        int index = indices[row + rows * timeStep];
        values.put(row + (long) rows * (index + (long) symbols * timeStep), 1f);
      }
    }
    return zeros;
  }
}
