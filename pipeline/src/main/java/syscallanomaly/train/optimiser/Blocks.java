package syscallanomaly.train.optimiser;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;

/**
 * Updates several arrays of equal length, which lie outside the heap, a block of values at a time.
 * Belongs to one thread.
 */
final class Blocks {
  /** Values at a time: three arrays' together lie in a first-level cache of 32 kB. */
  private static final int LENGTH = 2048;

  private final float[][] values;

  /**
   * @param arrays number of arrays that are updated together
   */
  Blocks(int arrays) {
    values = new float[arrays][LENGTH];
  }

  /** What happens to a block. */
  interface Step {
    /**
     * Replaces the values of a block.
     *
     * @param values a block of each array
     * @param count values of each that matter
     */
    void apply(float[][] values, int count);
  }

  /** Whether arrays are single precision and in one piece each, as DL4J's are. */
  static boolean reach(INDArray... arrays) {
    return Arrays.stream(arrays).allMatch(NativeValues::inOnePiece);
  }

  /** Replaces all values of the arrays. */
  void update(Step step, INDArray... arrays) {
    FloatPointer[] memory =
        Arrays.stream(arrays).map(NativeValues::memory).toArray(FloatPointer[]::new);
    long length = arrays[0].length();
    for (long from = 0; from < length; from += LENGTH) {
      int count = (int) Math.min(LENGTH, length - from);
      for (int i = 0; i < memory.length; i++) {
        memory[i].position(from).get(values[i], 0, count);
      }
      step.apply(values, count);
      for (int i = 0; i < memory.length; i++) {
        memory[i].put(values[i], 0, count);
      }
    }
  }
}
