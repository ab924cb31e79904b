package syscallanomaly.model.lstm;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/** With the matrix products of ND4J's own OpenBLAS and plain loops for the rest. */
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

  /** Memory outside the heap that grows as needed; JavaCPP frees it with this object. */
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
    private boolean transposed;

    @Override
    public void set(float[] matrix, int rows, int columns) {
      array.ofSize(rows * columns).put(matrix, 0, rows * columns);
      this.rows = rows;
      this.columns = columns;
      this.transposed = false;
    }

    @Override
    public void setTransposed(float[] matrix, int rows, int columns) {
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
  void multiplyAdd(
      float[] left,
      int leftStart,
      int leftStride,
      int rows,
      Factor factor,
      float[] result,
      int start,
      int stride) {
    NativeFactor right = (NativeFactor) factor;
    int leftSize = (rows - 1) * leftStride + right.rows;
    FloatPointer leftMemory = leftArray.ofSize(leftSize).put(left, leftStart, leftSize);
    multiply(CblasNoTrans, leftMemory, leftStride, rows, right);
    addResult(rows, right.columns, result, start, stride);
  }

  @Override
  void multiplyTransposedAdd(
      float[] left, int leftStride, int columns, Factor factor, float[] result, int stride) {
    NativeFactor right = (NativeFactor) factor;
    int leftSize = (right.rows - 1) * leftStride + columns;
    FloatPointer leftMemory = leftArray.ofSize(leftSize).put(left, 0, leftSize);
    multiply(CblasTrans, leftMemory, leftStride, columns, right);
    addResult(columns, right.columns, result, 0, stride);
  }

  private void multiply(
      int leftForm, FloatPointer left, int leftStride, int rows, NativeFactor right) {
    cblas_sgemm(
        CblasRowMajor,
        leftForm,
        right.transposed ? CblasTrans : CblasNoTrans,
        rows,
        right.columns,
        right.rows,
        1f,
        left,
        leftStride,
        right.memory(),
        right.transposed ? right.rows : right.columns,
        0f,
        resultArray.ofSize(rows * right.columns),
        right.columns);
  }

  private void addResult(int rows, int columns, float[] result, int start, int stride) {
    if (rowsOfResult.length < rows * columns) {
      rowsOfResult = new float[rows * columns];
    }
    resultArray.memory.get(rowsOfResult, 0, rows * columns);
    for (int row = 0; row < rows; row++) {
      int to = start + row * stride;
      int from = row * columns;
      for (int column = 0; column < columns; column++) {
        result[to + column] += rowsOfResult[from + column];
      }
    }
  }

  @Override
  void stepForward(CellStep step, float[] hidden, int hiddenStart, int hiddenStride) {
    int units = step.units();
    float[] gates = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int gate = step.gateStart() + row * 4 * units;
      int cell = step.cellStart() + row * units;
      int next = step.nextCellStart() + row * units;
      int tanh = step.cellTanhStart() + row * units;
      int out = hiddenStart + row * hiddenStride;
      for (int unit = 0; unit < units; unit++) {
        int i = gate + unit;
        int f = i + units;
        int o = f + units;
        int g = o + units;
        gates[i] = HyperbolicTangent.tanh(gates[i]);
        gates[f] = HyperbolicTangent.sigmoid(gates[f]);
        gates[o] = HyperbolicTangent.sigmoid(gates[o]);
        gates[g] = HyperbolicTangent.sigmoid(gates[g]);
        float c = gates[f] * step.cells()[cell + unit] + gates[g] * gates[i];
        float t = HyperbolicTangent.tanh(c);
        step.cells()[next + unit] = c;
        step.cellTanh()[tanh + unit] = t;
        hidden[out + unit] = gates[o] * t;
      }
    }
  }

  @Override
  void stepBackward(
      CellStep step,
      float[] hidden,
      int hiddenStart,
      int hiddenStride,
      float[] cell,
      float[] bias) {
    int units = step.units();
    float[] gates = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int gate = step.gateStart() + row * 4 * units;
      int before = step.cellStart() + row * units;
      int tanh = step.cellTanhStart() + row * units;
      int in = hiddenStart + row * hiddenStride;
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
        float t = step.cellTanh()[tanh + unit];
        float dh = hidden[in + unit];
        // c reaches the loss through h and through the next step's c.
        float dc = cell[state + unit] + dh * output * (1 - t * t);
        gates[i] = dc * input * (1 - a * a);
        gates[f] = dc * step.cells()[before + unit] * (forget - forget * forget);
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
