package syscallanomaly.model.lstm;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies values between ND4J's arrays, which lie outside the heap, and Java's arrays. */
public final class NativeValues {
  private NativeValues() {}

  /**
   * Reads the values of an array in Fortran order.
   *
   * @param array an array of floats
   * @param into receives the values if it is long enough
   * @return {@code into} or, if that is too short, a new array
   */
  public static float[] read(INDArray array, float[] into) {
    int length = Math.toIntExact(array.length());
    float[] values = into.length < length ? new float[length] : into;
    INDArray plain = isFortran(array) ? array : array.dup('f');
    memory(plain).get(values, 0, length);
    return values;
  }

  /**
   * Copies values into an array.
   *
   * @param values at least as many values as the array has, in Fortran order
   * @param array an array of floats that is contiguous in Fortran order
   * @throws IllegalArgumentException if the array is not contiguous in Fortran order
   */
  public static void write(float[] values, INDArray array) {
    requireFortran(array);
    memory(array).put(values, 0, Math.toIntExact(array.length()));
  }

  /**
   * Reads the values of an array in Fortran order as bytes. Java serialises bytes much faster than
   * floats.
   *
   * @param array an array of floats
   * @return four bytes for each value, in the byte order of this machine
   */
  public static byte[] readBytes(INDArray array) {
    INDArray plain = isFortran(array) ? array : array.dup('f');
    byte[] bytes = new byte[Math.multiplyExact(Math.toIntExact(plain.length()), Float.BYTES)];
    new BytePointer(memory(plain)).get(bytes);
    return bytes;
  }

  /**
   * Copies the bytes that {@link #readBytes} returned into an array.
   *
   * @param bytes four bytes for each value, in the byte order of this machine
   * @param array an array of floats that is contiguous in Fortran order
   * @throws IllegalArgumentException if the array is not contiguous in Fortran order
   */
  public static void writeBytes(byte[] bytes, INDArray array) {
    requireFortran(array);
    new BytePointer(memory(array)).put(bytes);
  }

  /** Whether an array holds floats and is contiguous in Fortran order. */
  public static boolean inOnePiece(INDArray array) {
    return array.dataType() == DataType.FLOAT && isFortran(array);
  }

  /**
   * Returns the address of the first value of an array. For a part of another array, this is where
   * the part begins.
   */
  public static FloatPointer memory(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  private static void requireFortran(INDArray array) {
    if (!isFortran(array)) {
      throw new IllegalArgumentException(
          "Cannot copy values into an array of shape "
              + Arrays.toString(array.shape())
              + " with strides "
              + Arrays.toString(array.stride())
              + ": it is not contiguous in Fortran order; create it with order 'f'");
    }
  }

  private static boolean isFortran(INDArray array) {
    long expected = 1;
    for (int dimension = 0; dimension < array.rank(); dimension++) {
      if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
        return false;
      }
      expected *= array.size(dimension);
    }
    return true;
  }
}
