package syscallanomaly.train.optimiser;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;

/**
 * Updates several arrays of equal length that lie outside Java's heap. It copies one block of
 * values after the other into the heap and back. An instance must be used by one thread only.
 */
final class Blocks {
  /** Number of values in a block. Blocks of three arrays fit into a first-level cache of 32 kB. */
  private static final int LENGTH = 2048;

  private final float[][] values;

  /**
   * @param arrays number of arrays that are updated together
   */
  Blocks(int arrays) {
    values = new float[arrays][LENGTH];
  }

  /** Updates one block. */
  interface BlockUpdate {
    /**
     * Replaces the values of a block.
     *
     * @param values one block of each array
     * @param count number of values in each block; the values after them have no meaning
     */
    void apply(float[][] values, int count);
  }

  /** Whether each array is single precision and contiguous, as DL4J's arrays are. */
  static boolean reach(INDArray... arrays) {
    return Arrays.stream(arrays).allMatch(NativeValues::inOnePiece);
  }

  /** Replaces all values of the arrays. */
  void update(BlockUpdate blockUpdate, INDArray... arrays) {
    FloatPointer[] memory =
        Arrays.stream(arrays).map(NativeValues::memory).toArray(FloatPointer[]::new);
    long length = arrays[0].length();
    for (long from = 0; from < length; from += LENGTH) {
      int count = (int) Math.min(LENGTH, length - from);
      for (int i = 0; i < memory.length; i++) {
        memory[i].position(from).get(values[i], 0, count);
      }
      blockUpdate.apply(values, count);
      for (int i = 0; i < memory.length; i++) {
        memory[i].put(values[i], 0, count);
      }
    }
  }
}
