package syscallanomaly.window;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Expands windows of indices into the arrays that a network takes. Dense arrays exist for a
 * mini-batch at a time, on the worker that uses it, and nowhere else.
 */
public final class WindowBatch {
  private WindowBatch() {}

  /**
   * One-hot contexts, all calls of the windows but the last: shape [windows, symbols, length - 1],
   * Fortran order, so that a time step is one piece of memory.
   */
  public static INDArray oneHotContexts(List<int[]> windows, int symbols) {
    int count = windows.size();
    int steps = windows.get(0).length - 1;
    INDArray zeros = Nd4j.create(DataType.FLOAT, new long[] {count, symbols, steps}, 'f');
    DataBuffer values = zeros.data();
    for (int w = 0; w < count; w++) {
      int[] window = windows.get(w);
      for (int t = 0; t < steps; t++) {
        values.put(w + (long) count * (window[t] + (long) symbols * t), 1f);
      }
    }
    return zeros;
  }

  /** Contexts as indices, for an embedding layer: shape [windows, 1, length - 1]. */
  public static INDArray indexContexts(List<int[]> windows) {
    int count = windows.size();
    int steps = windows.get(0).length - 1;
    float[] values = new float[count * steps];
    for (int w = 0; w < count; w++) {
      for (int t = 0; t < steps; t++) {
        values[w * steps + t] = windows.get(w)[t];
      }
    }
    return Nd4j.create(values, new long[] {count, 1, steps}, 'c');
  }

  /** The last call of each window, one-hot: shape [windows, symbols]. */
  public static INDArray oneHotNextCalls(List<int[]> windows, int symbols) {
    int count = windows.size();
    INDArray zeros = Nd4j.create(DataType.FLOAT, new long[] {count, symbols}, 'c');
    DataBuffer values = zeros.data();
    for (int w = 0; w < count; w++) {
      int[] window = windows.get(w);
      values.put((long) w * symbols + window[window.length - 1], 1f);
    }
    return zeros;
  }
}
