package syscallanomaly.model.lstm;

import org.slf4j.LoggerFactory;

/**
 * The inner loops of an LSTM layer on heap arrays: matrix products and the element-wise part of a
 * time step. An instance has buffers of its own and belongs to one thread.
 */
abstract class LstmArithmetic {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** Rows transposed at a time: the lines of memory that they touch stay in the cache. */
  private static final int TRANSPOSED_ROWS = 16;

  private long productNanos;

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

  /** Nanoseconds spent in matrix products since the beginning. */
  final long productNanos() {
    return productNanos;
  }

  /** Room for a right-hand factor. */
  abstract Factor factor();

  /** The right-hand side of products, in the form that makes them fast. */
  interface Factor {
    /**
     * Takes the values of a matrix.
     *
     * @param columns of the matrix, a multiple of {@link #lanes}
     */
    void set(Rows matrix, int rows, int columns);

    /**
     * Takes the values of the transpose of a matrix: {@code columns} rows, {@code rows} columns.
     */
    void setTransposed(Rows matrix, int rows, int columns);
  }

  /**
   * {@code result += left * factor}.
   *
   * @param left {@code rows} rows of as many values as the factor has rows
   */
  final void multiplyAdd(Rows left, int rows, Factor factor, Rows result) {
    long started = System.nanoTime();
    addProduct(left, rows, factor, result);
    productNanos += System.nanoTime() - started;
  }

  /**
   * {@code result += transpose(left) * factor}.
   *
   * @param left as many rows as the factor has, of {@code columns} values
   */
  final void multiplyTransposedAdd(Rows left, int columns, Factor factor, Rows result) {
    long started = System.nanoTime();
    addTransposedProduct(left, columns, factor, result);
    productNanos += System.nanoTime() - started;
  }

  /** {@link #multiplyAdd}. */
  protected abstract void addProduct(Rows left, int rows, Factor factor, Rows result);

  /** {@link #multiplyTransposedAdd}. */
  protected abstract void addTransposedProduct(Rows left, int columns, Factor factor, Rows result);

  /**
   * Copies a matrix with its rows as columns.
   *
   * @param to receives {@code columns} rows of {@code rows} values
   */
  void transpose(Rows from, int rows, int columns, Rows to) {
    for (int first = 0; first < rows; first += TRANSPOSED_ROWS) {
      int last = Math.min(rows, first + TRANSPOSED_ROWS);
      for (int column = 0; column < columns; column++) {
        int source = from.row(first) + column;
        int target = to.row(column);
        for (int row = first; row < last; row++, source += from.stride()) {
          to.values()[target + row] = from.values()[source];
        }
      }
    }
  }

  /**
   * A time step of the cells: gates from what flows into them, cell state and output.
   *
   * <p>With a = tanh(zi), f = s(zf), o = s(zo), g = s(zg) and s(z) = 1 / (1 + exp(-z)): {@code c =
   * f c' + g a} and {@code h = o tanh(c)}. The order of the gates is DL4J's; c' is the cell state
   * one step before.
   */
  abstract void stepForward(CellStep step, Rows hidden);

  /**
   * The derivatives of {@link #stepForward}: replaces the gates by the loss's derivatives with
   * respect to what flowed into them, and the cells' derivatives by those one step before.
   *
   * @param hidden derivative with respect to h
   * @param cell derivative with respect to c by way of the step after; becomes that with respect to
   *     c'; rows of {@code units}
   * @param bias the derivatives of the gates are added to it, {@code 4 * units}
   */
  abstract void stepBackward(CellStep step, Rows hidden, float[] cell, float[] bias);

  /**
   * Where a time step's values lie.
   *
   * @param rows sequences of the mini-batch
   * @param units of the layer, a multiple of {@link #lanes}
   * @param gates rows of {@code 4 * units}: zi, zf, zo, zg, after the step a, f, o, g
   * @param before rows of {@code units}: c'
   * @param after likewise: c
   * @param tanh likewise: tanh(c)
   */
  record CellStep(int rows, int units, Rows gates, Rows before, Rows after, Rows tanh) {}
}
