package syscallanomaly.model.lstm;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between ND4J's arrays, which lie outside the heap, and arrays on it. */
public final class NativeValues {
  private NativeValues() {}

  /**
   * The values of an array in Fortran order.
   *
   * @param into receives them if it is long enough
   * @return {@code into}, or a new array
   */
  public static float[] read(INDArray array, float[] into) {
    int length = Math.toIntExact(array.length());
    float[] values = into.length < length ? new float[length] : into;
    INDArray plain = isFortran(array) ? array : array.dup('f');
    memory(plain).get(values, 0, length);
    return values;
  }

  /** Fills an array that lies in one piece in Fortran order. */
  public static void write(float[] values, INDArray array) {
    requireFortran(array);
    memory(array).put(values, 0, Math.toIntExact(array.length()));
  }

  /** Likewise as bytes in the order of this machine, which travel much faster than numbers. */
  public static byte[] readBytes(INDArray array) {
    INDArray plain = isFortran(array) ? array : array.dup('f');
    byte[] bytes = new byte[Math.multiplyExact(Math.toIntExact(plain.length()), Float.BYTES)];
    new BytePointer(memory(plain)).get(bytes);
    return bytes;
  }

  /** Fills an array that lies in one piece with what {@link #readBytes} read. */
  public static void writeBytes(byte[] bytes, INDArray array) {
    requireFortran(array);
    new BytePointer(memory(array)).put(bytes);
  }

  /** Whether an array of floats lies in one piece in Fortran order. */
  public static boolean inOnePiece(INDArray array) {
    return array.dataType() == DataType.FLOAT && isFortran(array);
  }

  /** Where the values of an array begin; those of a part of another array, at that part. */
  public static FloatPointer memory(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  private static void requireFortran(INDArray array) {
    if (!isFortran(array)) {
      throw new IllegalArgumentException("no array in Fortran order: " + array.shapeInfoToString());
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
