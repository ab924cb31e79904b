package syscallanomaly.model.lstm;

import org.slf4j.LoggerFactory;

/**
 * The inner loops of an LSTM layer on heap arrays: matrix products and the element-wise part of a
 * time step. An instance has buffers of its own and belongs to one thread.
 */
abstract class LstmArithmetic {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** The fastest arithmetic of this Java virtual machine. */
  static LstmArithmetic fastest() {
    return Choice.VECTOR ? new VectorArithmetic() : new BlasArithmetic();
  }

  /** Made once, so that what is said of it is said once. */
  private static final class Choice {
    static final boolean VECTOR = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();

    static {
      if (!VECTOR) {
        LoggerFactory.getLogger(LstmArithmetic.class)
            .warn(
                "The LSTM runs without vector instructions, at about half the speed: start Java with --add-modules {}",
                VECTOR_MODULE);
      }
    }
  }

  /** The number that widths of matrices are multiples of. */
  abstract int lanes();

  /** Rows that a result must have room for beyond its last; what stands there is kept. */
  abstract int spareRows();

  /** The next multiple of {@link #lanes}. */
  final int padded(int width) {
    return (width + lanes() - 1) / lanes() * lanes();
  }

  /** Room for a right-hand factor. */
  abstract Factor factor();

  /** The right-hand side of products, in the form that makes them fast. */
  interface Factor {
    /**
     * Takes the values of a matrix.
     *
     * @param matrix row by row, {@code columns} of them a row; a multiple of {@link #lanes}
     */
    void set(float[] matrix, int rows, int columns);

    /**
     * Takes the values of the transpose of a matrix: {@code columns} rows, {@code rows} columns.
     */
    void setTransposed(float[] matrix, int rows, int columns);
  }

  /**
   * {@code result += left * factor}.
   *
   * @param left {@code rows} rows of as many values as the factor has rows, {@code leftStride}
   *     apart
   * @param result rows {@code stride} apart
   */
  abstract void multiplyAdd(
      float[] left,
      int leftStart,
      int leftStride,
      int rows,
      Factor factor,
      float[] result,
      int start,
      int stride);

  /**
   * {@code result += transpose(left) * factor}.
   *
   * @param left as many rows as the factor has, of {@code columns} values, {@code leftStride} apart
   */
  abstract void multiplyTransposedAdd(
      float[] left, int leftStride, int columns, Factor factor, float[] result, int stride);

  /**
   * A time step of the cells: gates from what flows into them, cell state and output.
   *
   * <p>With a = tanh(zi), f = s(zf), o = s(zo), g = s(zg) and s(z) = 1 / (1 + exp(-z)): {@code c =
   * f c' + g a} and {@code h = o tanh(c)}. The order of the gates is DL4J's; c' is the cell state
   * one step before.
   */
  abstract void stepForward(CellStep step, float[] hidden, int hiddenStart, int hiddenStride);

  /**
   * The derivatives of {@link #stepForward}: replaces the gates by the loss's derivatives with
   * respect to what flowed into them, and the cells' derivatives by those one step before.
   *
   * @param hidden derivative with respect to h
   * @param cell derivative with respect to c by way of the step after; becomes that with respect to
   *     c'; rows of {@code units}
   * @param bias the derivatives of the gates are added to it, {@code 4 * units}
   */
  abstract void stepBackward(
      CellStep step, float[] hidden, int hiddenStart, int hiddenStride, float[] cell, float[] bias);

  /**
   * Where a time step's values lie.
   *
   * @param rows sequences of the mini-batch
   * @param units of the layer, a multiple of {@link #lanes}
   * @param gates rows of {@code 4 * units}: zi, zf, zo, zg, after the step a, f, o, g
   * @param cells rows of {@code units}: c' from {@code cellStart}, c after them
   * @param cellTanh rows of {@code units}: tanh(c)
   */
  record CellStep(
      int rows,
      int units,
      float[] gates,
      int gateStart,
      float[] cells,
      int cellStart,
      float[] cellTanh,
      int cellTanhStart) {

    /** Where c begins. */
    int nextCellStart() {
      return cellStart + rows * units;
    }
  }
}
