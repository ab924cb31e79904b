package syscallanomaly.window;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Expands windows of indices into the arrays that a network reads. A dense array exists only for
 * one mini-batch, on the worker that uses it.
 */
public final class WindowBatch {
  private WindowBatch() {}

  /**
   * Expands the contexts of windows one-hot. The context of a window is all of its calls but the
   * last.
   *
   * @param windows vocabulary indices, all windows of the same length
   * @param symbols size of the vocabulary
   * @return shape [windows, symbols, length - 1], Fortran order, so that a time step is contiguous
   *     in memory
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

  /**
   * Copies the contexts of windows as indices, for an embedding layer.
   *
   * @param windows vocabulary indices, all windows of the same length
   * @return shape [windows, 1, length - 1]
   */
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

  /**
   * Expands the last call of each window one-hot.
   *
   * @param windows vocabulary indices, all windows of the same length
   * @param symbols size of the vocabulary
   * @return shape [windows, symbols]
   */
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
