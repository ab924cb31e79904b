package syscallanomaly.model.lstm;

import java.util.Arrays;
import syscallanomaly.model.lstm.LstmArithmetic.CellValues;

/**
 * An LSTM layer without peephole connections that computes on heap arrays: forward and backward
 * through a mini-batch of sequences.
 *
 * <p>With the input x(t), the weights W and R, the bias b, s(z) = 1 / (1 + exp(-z)) and
 * element-wise products, the forward pass computes for every time step t
 *
 * <pre>{@code
 * z(t) = x(t) W + h(t-1) R + b          four parts: za, zf, zo, zg
 * a = tanh(za)   f = s(zf)   o = s(zo)   g = s(zg)
 * c(t) = f c(t-1) + g a                 cell state
 * h(t) = o tanh(c(t))                   output
 * }</pre>
 *
 * (Hochreiter and Schmidhuber: Long short-term memory, Neural Computation 9(8), 1997; the forget
 * gate f is from Gers, Schmidhuber and Cummins: Learning to forget, Neural Computation 12(10),
 * 2000). The backward pass starts at the last time step. It applies the chain rule to these
 * equations, where d stands for a derivative of the loss and dy(t) is the derivative that the layer
 * above passes down:
 *
 * <pre>{@code
 * dh(t) = dy(t) + dz(t+1) R'
 * dc(t) = dh(t) o (1 - tanh(c(t))^2) + dc(t+1) f(t+1)
 * dza = dc g (1 - a^2)                  dzf = dc c(t-1) f (1 - f)
 * dzo = dh tanh(c) o (1 - o)            dzg = dc a g (1 - g)
 * dx(t) = dz(t) W'    dW = sum x(t)' dz(t)    dR = sum h(t-1)' dz(t)    db = sum dz(t)
 * }</pre>
 *
 * Order of use:
 *
 * <ol>
 *   <li>{@link #forward} computes the outputs of a mini-batch.
 *   <li>{@link #stateAfter}, if wanted, returns the state after the last time step.
 *   <li>{@link #backward}, if wanted, computes the derivatives. It overwrites the gates that {@code
 *       forward} left behind, so it can run once for each {@code forward}.
 * </ol>
 *
 * The arrays of the caller have DL4J's layout: time series have the shape [batch, size, time
 * steps], weights have the shape [inputs, 4 * units], both in Fortran order. Inside the kernel, one
 * row belongs to one sequence at one time step, and the rows of a time step are adjacent. The
 * kernel reuses its buffers from call to call, so an instance belongs to one thread.
 */
final class LstmKernel {
  /**
   * Number of rows after which the backward pass adds to the derivatives of the weights. The rows
   * are few enough to be still in the cache when they are added.
   */
  private static final int GRADIENT_ROWS = 256;

  private final LstmArithmetic arithmetic;
  private final int inputs;
  private final int units;

  private LstmLayout layout;
  private LstmWeights weights;
  private int batch;
  private int timeSteps;

  /** For each row, the index of the input that is 1; null if the input is dense. */
  private int[] symbols;

  /**
   * One row [x(t), h(t-1)] for each sequence and time step: the left operand of the product with
   * the weights. A one-hot x(t) takes no columns.
   */
  private float[] operands = {};

  private float[] gates = {};
  private float[] cells = {};
  private float[] cellTanh = {};
  private float[] operandGradient = {};
  private float[] cellGradient = {};

  LstmKernel(int inputs, int units, LstmArithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.inputs = inputs;
    this.units = units;
    setLayout(false);
  }

  private void setLayout(boolean oneHot) {
    layout = new LstmLayout(inputs, units, oneHot, arithmetic.lanes());
    weights = new LstmWeights(layout, arithmetic);
  }

  int inputs() {
    return inputs;
  }

  int units() {
    return units;
  }

  /** Nanoseconds that this kernel has spent in matrix products since it was made. */
  long productNanos() {
    return arithmetic.productNanos();
  }

  /**
   * Computes the layer's outputs for a mini-batch.
   *
   * @param parameters the current parameters of the layer
   * @param input values of shape [batch, inputs, time steps]; if the input is one-hot, the kernel
   *     looks its weights up and does not multiply
   * @param batch number of sequences, at least 1
   * @param timeSteps length of the sequences, at least 1
   * @param before state before the first time step, two arrays of shape [batch, units]; null for
   *     zeros
   * @param output receives the outputs, shape [batch, units, time steps]
   */
  void forward(
      LstmParameters parameters,
      LstmInput input,
      int batch,
      int timeSteps,
      LstmState before,
      float[] output) {
    this.batch = batch;
    this.timeSteps = timeSteps;
    this.symbols = input.symbols();
    if (layout.oneHot() != input.oneHot()) {
      setLayout(input.oneHot());
    }
    reserve();
    weights.set(parameters);
    setInputs(input);
    setState(before);
    weights.startGates(symbols, batch * timeSteps, gates(0));
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      arithmetic.multiplyAdd(operands(timeStep), batch, weights.forward(), gates(timeStep));
      Rows hidden = hidden(timeStep + 1);
      arithmetic.cellsForward(cellValues(timeStep), hidden);
      arithmetic.transpose(hidden, batch, units, series(output, units, timeStep));
    }
  }

  /** Returns the output and the cell state after the last time step of {@link #forward}. */
  LstmState stateAfter() {
    LstmState state = new LstmState(new float[batch * units], new float[batch * units]);
    arithmetic.transpose(hidden(timeSteps), batch, units, Rows.of(state.output(), batch));
    arithmetic.transpose(cells(timeSteps), batch, units, Rows.of(state.cell(), batch));
    return state;
  }

  /**
   * Computes the derivatives of the loss for the mini-batch of the last {@link #forward}. Can run
   * once for each {@code forward}.
   *
   * @param firstTimeStep the earliest time step that takes part, 0 for all; truncated
   *     back-propagation leaves earlier ones out
   * @param outputGradient derivatives with respect to the outputs, shape [batch, units, time steps]
   * @param gradient receives the derivatives with respect to the parameters
   * @param inputGradient receives the derivatives with respect to the input, shape [batch, inputs,
   *     time steps]; unchanged if the input was one-hot
   */
  void backward(
      int firstTimeStep, float[] outputGradient, LstmParameters gradient, float[] inputGradient) {
    weights.startGradient();
    Arrays.fill(cellGradient, 0, batch * layout.paddedUnits(), 0f);
    startOperandGradient(outputGradient, timeSteps - 1);
    Rows operandRowGradient = Rows.of(operandGradient, layout.width());
    int added = timeSteps;
    for (int timeStep = timeSteps - 1; timeStep >= firstTimeStep; timeStep--) {
      arithmetic.cellsBackward(
          cellValues(timeStep),
          operandRowGradient.right(layout.paddedInputs()),
          cellGradient,
          weights.biasGradient());
      if (timeStep > firstTimeStep || !layout.oneHot()) {
        startOperandGradient(outputGradient, timeStep - 1);
        arithmetic.multiplyAdd(gates(timeStep), batch, weights.backward(), operandRowGradient);
      }
      if (!layout.oneHot()) {
        arithmetic.transpose(
            operandRowGradient, batch, inputs, series(inputGradient, inputs, timeStep));
      }
      int rows = (added - timeStep) * batch;
      if (rows >= GRADIENT_ROWS || timeStep == firstTimeStep) {
        weights.addGradient(operands(timeStep), symbols, timeStep * batch, rows, gates(timeStep));
        added = timeStep;
      }
    }
    if (!layout.oneHot()) {
      Arrays.fill(inputGradient, 0, firstTimeStep * batch * inputs, 0f);
    }
    weights.getGradient(gradient);
  }

  private void reserve() {
    int rows = batch * timeSteps;
    int spare = arithmetic.spareRows();
    operands = atLeast(operands, (rows + batch) * layout.width());
    gates = atLeast(gates, (rows + spare) * layout.gateStride());
    cells = atLeast(cells, (rows + batch) * layout.paddedUnits());
    cellTanh = atLeast(cellTanh, rows * layout.paddedUnits());
    operandGradient = atLeast(operandGradient, (batch + spare) * layout.width());
    cellGradient = atLeast(cellGradient, batch * layout.paddedUnits());
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  private Rows operands(int timeStep) {
    return Rows.of(operands, layout.width()).from(timeStep * batch);
  }

  /** The part h(t-1) of the operand rows of a time step. */
  private Rows hidden(int timeStep) {
    return operands(timeStep).right(layout.paddedInputs());
  }

  private Rows gates(int timeStep) {
    return Rows.of(gates, layout.gateStride()).from(timeStep * batch);
  }

  /** The cell states c(t-1) that a time step starts from. */
  private Rows cells(int timeStep) {
    return Rows.of(cells, layout.paddedUnits()).from(timeStep * batch);
  }

  private CellValues cellValues(int timeStep) {
    return new CellValues(
        batch,
        layout.paddedUnits(),
        gates(timeStep),
        cells(timeStep),
        cells(timeStep + 1),
        Rows.of(cellTanh, layout.paddedUnits()).from(timeStep * batch));
  }

  /**
   * The values of a time step in DL4J's layout: one row for each unit, one column for each
   * sequence.
   */
  private Rows series(float[] values, int size, int timeStep) {
    return new Rows(values, timeStep * batch * size, batch);
  }

  private void setInputs(LstmInput input) {
    if (input.oneHot()) {
      return;
    }
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      arithmetic.transpose(
          series(input.values(), inputs, timeStep), inputs, batch, operands(timeStep));
      clearColumns(operands(timeStep), inputs, layout.paddedInputs());
    }
  }

  private void setState(LstmState before) {
    int present = 0;
    if (before != null) {
      arithmetic.transpose(Rows.of(before.output(), batch), units, batch, hidden(0));
      arithmetic.transpose(Rows.of(before.cell(), batch), units, batch, cells(0));
      present = units;
    }
    clearColumns(hidden(0), present, layout.paddedUnits());
    clearColumns(cells(0), present, layout.paddedUnits());
  }

  private void clearColumns(Rows rows, int from, int to) {
    if (from < to) {
      for (int row = 0; row < batch; row++) {
        Arrays.fill(rows.values(), rows.row(row) + from, rows.row(row) + to, 0f);
      }
    }
  }

  /**
   * Starts the derivatives of the operand rows [x(t), h(t-1)] with what the layer above passes
   * down: 0 for x(t), {@code outputGradient} for h(t-1).
   *
   * @param timeStep index of h(t-1) in {@code outputGradient}; -1 for the state before the first
   */
  private void startOperandGradient(float[] outputGradient, int timeStep) {
    Rows rows = Rows.of(operandGradient, layout.width());
    if (timeStep < 0) {
      clearColumns(rows, 0, layout.width());
      return;
    }
    clearColumns(rows, 0, layout.paddedInputs());
    Rows hidden = rows.right(layout.paddedInputs());
    arithmetic.transpose(series(outputGradient, units, timeStep), units, batch, hidden);
    clearColumns(hidden, units, layout.paddedUnits());
  }
}
