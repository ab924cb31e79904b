package syscallanomaly.model.lstm;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/** Arithmetic that uses the OpenBLAS of ND4J for matrix products, and plain loops for the rest. */
final class BlasArithmetic extends LstmArithmetic {
  private static final int LANES = 8;

  private final NativeArray leftArray = new NativeArray();
  private final NativeArray resultArray = new NativeArray();
  private float[] rowsOfResult = {};

  @Override
  int lanes() {
    return LANES;
  }

  @Override
  int spareRows() {
    return 0;
  }

  @Override
  Factor factor() {
    return new NativeFactor();
  }

  /** Memory outside the heap that grows when needed. JavaCPP frees it with this object. */
  private static final class NativeArray {
    private FloatPointer memory = new FloatPointer(0);

    FloatPointer ofSize(int size) {
      if (memory.capacity() < size) {
        memory.close();
        memory = new FloatPointer(size);
      }
      return memory;
    }
  }

  private static final class NativeFactor implements Factor {
    private final NativeArray array = new NativeArray();
    private int rows;
    private int columns;
    private int stride;
    private boolean transposed;

    @Override
    public void set(Rows matrix, int rows, int columns) {
      int size = (rows - 1) * matrix.stride() + columns;
      array.ofSize(size).put(matrix.values(), matrix.start(), size);
      this.rows = rows;
      this.columns = columns;
      this.stride = matrix.stride();
      this.transposed = false;
    }

    @Override
    public void setTransposed(Rows matrix, int rows, int columns) {
      set(matrix, rows, columns);
      this.rows = columns;
      this.columns = rows;
      this.transposed = true;
    }

    FloatPointer memory() {
      return array.memory;
    }
  }

  @Override
  protected void addProduct(Rows left, int rows, Factor factor, Rows result) {
    NativeFactor right = (NativeFactor) factor;
    multiply(CblasNoTrans, left, rows, right.rows, rows, right);
    addResult(rows, right.columns, result);
  }

  @Override
  protected void addTransposedProduct(Rows left, int columns, Factor factor, Rows result) {
    NativeFactor right = (NativeFactor) factor;
    multiply(CblasTrans, left, right.rows, columns, columns, right);
    addResult(columns, right.columns, result);
  }

  private void multiply(
      int leftForm, Rows left, int leftRows, int leftColumns, int rows, NativeFactor right) {
    int leftSize = (leftRows - 1) * left.stride() + leftColumns;
    cblas_sgemm(
        CblasRowMajor,
        leftForm,
        right.transposed ? CblasTrans : CblasNoTrans,
        rows,
        right.columns,
        right.rows,
        1f,
        leftArray.ofSize(leftSize).put(left.values(), left.start(), leftSize),
        left.stride(),
        right.memory(),
        right.stride,
        0f,
        resultArray.ofSize(rows * right.columns),
        right.columns);
  }

  private void addResult(int rows, int columns, Rows result) {
    if (rowsOfResult.length < rows * columns) {
      rowsOfResult = new float[rows * columns];
    }
    resultArray.memory.get(rowsOfResult, 0, rows * columns);
    for (int row = 0; row < rows; row++) {
      int to = result.row(row);
      int from = row * columns;
      for (int column = 0; column < columns; column++) {
        result.values()[to + column] += rowsOfResult[from + column];
      }
    }
  }

  @Override
  void cellsForward(CellValues cells, Rows hidden) {
    int units = cells.units();
    float[] gates = cells.gates().values();
    for (int row = 0; row < cells.rows(); row++) {
      int gate = cells.gates().row(row);
      int before = cells.before().row(row);
      int after = cells.after().row(row);
      int tanh = cells.tanh().row(row);
      int out = hidden.row(row);
      for (int unit = 0; unit < units; unit++) {
        int i = gate + unit;
        int f = i + units;
        int o = f + units;
        int g = o + units;
        gates[i] = HyperbolicTangent.tanh(gates[i]);
        gates[f] = HyperbolicTangent.sigmoid(gates[f]);
        gates[o] = HyperbolicTangent.sigmoid(gates[o]);
        gates[g] = HyperbolicTangent.sigmoid(gates[g]);
        float c = gates[f] * cells.before().values()[before + unit] + gates[g] * gates[i];
        float t = HyperbolicTangent.tanh(c);
        cells.after().values()[after + unit] = c;
        cells.tanh().values()[tanh + unit] = t;
        hidden.values()[out + unit] = gates[o] * t;
      }
    }
  }

  @Override
  void cellsBackward(CellValues cells, Rows hidden, float[] cell, float[] bias) {
    int units = cells.units();
    float[] gates = cells.gates().values();
    for (int row = 0; row < cells.rows(); row++) {
      int gate = cells.gates().row(row);
      int before = cells.before().row(row);
      int tanh = cells.tanh().row(row);
      int in = hidden.row(row);
      int state = row * units;
      for (int unit = 0; unit < units; unit++) {
        int i = gate + unit;
        int f = i + units;
        int o = f + units;
        int g = o + units;
        float a = gates[i];
        float forget = gates[f];
        float output = gates[o];
        float input = gates[g];
        float t = cells.tanh().values()[tanh + unit];
        float dh = hidden.values()[in + unit];
        // c reaches the loss through h and through the c of the next time step.
        float dc = cell[state + unit] + dh * output * (1 - t * t);
        gates[i] = dc * input * (1 - a * a);
        gates[f] = dc * cells.before().values()[before + unit] * (forget - forget * forget);
        gates[o] = dh * t * (output - output * output);
        gates[g] = dc * a * (input - input * input);
        cell[state + unit] = dc * forget;
        bias[unit] += gates[i];
        bias[units + unit] += gates[f];
        bias[2 * units + unit] += gates[o];
        bias[3 * units + unit] += gates[g];
      }
    }
  }
}
