package syscallanomaly.model.lstm;

import org.slf4j.LoggerFactory;

/**
 * The inner loops of an LSTM layer on heap arrays: matrix products and the element-wise part of a
 * time step. An instance has its own buffers, so it belongs to one thread.
 */
abstract class LstmArithmetic {
  /** Rows that are transposed together; the cache lines that they touch fit into the cache. */
  private static final int TRANSPOSED_ROWS = 16;

  private long productNanos;

  /** Returns the fastest arithmetic that this Java virtual machine offers. */
  static LstmArithmetic fastest() {
    return Choice.VECTOR ? new VectorArithmetic() : new BlasArithmetic();
  }

  /** Decides once for each Java virtual machine, so that the warning appears once. */
  private static final class Choice {
    static final boolean VECTOR = VectorModule.isPresent();

    static {
      if (!VECTOR) {
        LoggerFactory.getLogger(LstmArithmetic.class)
            .warn(
                "The LSTM runs at about half the speed, because Java offers it no vector instructions: start Java with {}",
                VectorModule.OPTION);
      }
    }
  }

  /** Number of floats in a vector; widths of matrices must be multiples of it. */
  abstract int lanes();

  /**
   * Rows that the array of a result must have behind the last row of the result; a product reads
   * and rewrites them but does not change their values.
   */
  abstract int spareRows();

  /** Nanoseconds that this instance has spent in matrix products since it was made. */
  final long productNanos() {
    return productNanos;
  }

  /** Makes an empty right operand for this arithmetic. */
  abstract Factor factor();

  /** The right operand of products, stored in the form that makes the products fast. */
  interface Factor {
    /**
     * Copies a matrix into this operand.
     *
     * @param matrix values of the matrix
     * @param rows number of rows of the matrix
     * @param columns number of columns of the matrix, a multiple of {@link #lanes}
     */
    void set(Rows matrix, int rows, int columns);

    /**
     * Copies the transpose of a matrix into this operand, which then has {@code columns} rows and
     * {@code rows} columns.
     *
     * @param matrix values of the matrix before it is transposed
     * @param rows number of rows of the matrix
     * @param columns number of columns of the matrix
     */
    void setTransposed(Rows matrix, int rows, int columns);
  }

  /**
   * Computes {@code result += left * factor}.
   *
   * @param left a matrix of {@code rows} rows and as many columns as the factor has rows
   * @param rows number of rows of {@code left} and {@code result}
   * @param factor the right operand
   * @param result a matrix of {@code rows} rows and as many columns as the factor has
   */
  final void multiplyAdd(Rows left, int rows, Factor factor, Rows result) {
    long started = System.nanoTime();
    addProduct(left, rows, factor, result);
    productNanos += System.nanoTime() - started;
  }

  /**
   * Computes {@code result += transpose(left) * factor}.
   *
   * @param left a matrix of as many rows as the factor has, and {@code columns} columns
   * @param columns number of columns of {@code left}, and of rows of {@code result}
   * @param factor the right operand
   * @param result a matrix of {@code columns} rows and as many columns as the factor has
   */
  final void multiplyTransposedAdd(Rows left, int columns, Factor factor, Rows result) {
    long started = System.nanoTime();
    addTransposedProduct(left, columns, factor, result);
    productNanos += System.nanoTime() - started;
  }

  /** Computes what {@link #multiplyAdd} promises. */
  protected abstract void addProduct(Rows left, int rows, Factor factor, Rows result);

  /** Computes what {@link #multiplyTransposedAdd} promises. */
  protected abstract void addTransposedProduct(Rows left, int columns, Factor factor, Rows result);

  /**
   * Copies the transpose of a matrix.
   *
   * @param from the matrix
   * @param rows number of rows of {@code from}
   * @param columns number of columns of {@code from}
   * @param to receives the transpose: {@code columns} rows of {@code rows} values
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
   * Computes the element-wise part of a time step: the gates from what flows into them, the cell
   * state and the output.
   *
   * <p>With s(z) = 1 / (1 + exp(-z)):
   *
   * <pre>{@code
   * a = tanh(za)   f = s(zf)   o = s(zo)   g = s(zg)
   * c = f c' + g a
   * h = o tanh(c)
   * }</pre>
   *
   * c' is the cell state one time step earlier. The gates stand in DL4J's order: a, f, o, g.
   *
   * @param cells the values of the time step; the gates hold za, zf, zo, zg and receive a, f, o, g
   * @param hidden receives h
   */
  abstract void cellsForward(CellValues cells, Rows hidden);

  /**
   * Computes the derivatives of {@link #cellsForward}, where d stands for a derivative of the loss:
   *
   * <pre>{@code
   * dc = dh o (1 - tanh(c)^2) + dc from the later time step
   * dza = dc g (1 - a^2)           dzf = dc c' f (1 - f)
   * dzo = dh tanh(c) o (1 - o)     dzg = dc a g (1 - g)
   * dc' = dc f
   * }</pre>
   *
   * @param cells the values of the time step; the gates hold a, f, o, g and receive dza, dzf, dzo,
   *     dzg
   * @param hidden dh
   * @param cell rows of {@code units} values; holds dc from the later time step and receives dc'
   * @param bias receives the sums of dza, dzf, dzo and dzg over the rows on top of its values,
   *     {@code 4 * units} values
   */
  abstract void cellsBackward(CellValues cells, Rows hidden, float[] cell, float[] bias);

  /**
   * Where the values of a time step lie.
   *
   * @param rows number of sequences in the mini-batch
   * @param units number of units of the layer, padded to a multiple of {@link #lanes}
   * @param gates rows of {@code 4 * units} values: first za, zf, zo, zg; a, f, o, g after {@link
   *     #cellsForward}
   * @param before rows of {@code units} values: the cell states c'
   * @param after rows of {@code units} values: the cell states c
   * @param tanh rows of {@code units} values: tanh(c)
   */
  record CellValues(int rows, int units, Rows gates, Rows before, Rows after, Rows tanh) {}
}
