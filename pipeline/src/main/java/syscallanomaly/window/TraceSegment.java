package syscallanomaly.window;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Consecutive time steps of a {@link TraceBatch}, as the arrays that a network reads. At time step
 * t the network reads the call before t and predicts call t. {@link Vocabulary#UNKNOWN} stands
 * before the first call and fills up the shorter traces. All arrays are in Fortran order, because a
 * time step is then contiguous in memory.
 *
 * @param inputs the call before each time step, shape [rows, 1, time steps], vocabulary indices
 * @param calls the call to predict, shape [rows, 1, time steps], vocabulary indices
 * @param weights the weight of each call in the loss, shape [rows, time steps]; 0 after the end of
 *     a trace
 */
public record TraceSegment(INDArray inputs, INDArray calls, INDArray weights) {
  public int rows() {
    return Math.toIntExact(weights.size(0));
  }

  /** Number of time steps. */
  public int steps() {
    return Math.toIntExact(weights.size(1));
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
