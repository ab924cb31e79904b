package syscallanomaly.model.lstm;

import java.util.Arrays;
import syscallanomaly.model.lstm.LstmArithmetic.CellStep;

/**
 * An LSTM layer without peepholes on heap arrays: forward and backward through a mini-batch of
 * sequences (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 *
 * <p>Arrays that come and go are laid out as DL4J's: time series of shape [batch, size, steps] and
 * weights of shape [inputs, 4 * units] in Fortran order. Within, a row is a sequence at a time
 * step, and rows of a step stand together. All buffers are kept from call to call. Belongs to one
 * thread.
 */
final class LstmKernel {
  /**
   * Rows whose share of the weights' derivatives is added at once: few enough that they stay in the
   * cache from where they were computed.
   */
  private static final int GRADIENT_ROWS = 256;

  private final LstmArithmetic arithmetic;
  private final int inputs;
  private final int units;

  private LstmLayout layout;
  private LstmWeights weights;
  private int batch;
  private int steps;

  /** The input that is one, by row; null where the input is dense. */
  private int[] symbols;

  /** Of every step: inputs, if dense, beside the outputs of the step before. */
  private float[] sequence = {};

  private float[] gates = {};
  private float[] cells = {};
  private float[] cellTanh = {};
  private float[] stepGradient = {};
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

  /** Nanoseconds spent in matrix products since the beginning. */
  long productNanos() {
    return arithmetic.productNanos();
  }

  /**
   * The layer's outputs for a mini-batch.
   *
   * @param parameters of the layer as they are now
   * @param input [batch, inputs, steps]; where every sequence has at most one 1 a step, and 0
   *     otherwise, the product with the weights is a look-up
   * @param before state to start from, [batch, units]; null for zeros
   * @param output receives [batch, units, steps]
   */
  void forward(
      LstmParameters parameters,
      LstmInput input,
      int batch,
      int steps,
      LstmState before,
      float[] output) {
    this.batch = batch;
    this.steps = steps;
    this.symbols = input.symbols();
    if (layout.oneHot() != input.oneHot()) {
      setLayout(input.oneHot());
    }
    reserve();
    weights.set(parameters);
    setInputs(input);
    setState(before);
    weights.startGates(symbols, batch * steps, gates(0));
    for (int step = 0; step < steps; step++) {
      arithmetic.multiplyAdd(sequence(step), batch, weights.forward(), gates(step));
      Rows hidden = hidden(step + 1);
      arithmetic.stepForward(cellStep(step), hidden);
      arithmetic.transpose(hidden, batch, units, series(output, units, step));
    }
  }

  /** Output and cell state after the last step of {@link #forward}. */
  LstmState stateAfter() {
    LstmState state = new LstmState(new float[batch * units], new float[batch * units]);
    arithmetic.transpose(hidden(steps), batch, units, Rows.of(state.output(), batch));
    arithmetic.transpose(cells(steps), batch, units, Rows.of(state.cell(), batch));
    return state;
  }

  /**
   * Goes back through the mini-batch of the last {@link #forward}; possible once.
   *
   * @param firstStep steps before it are left out
   * @param outputGradient [batch, units, steps]: derivative of the loss with respect to the output
   * @param gradient receives the derivatives with respect to the parameters
   * @param inputGradient receives those with respect to the input, [batch, inputs, steps]; left as
   *     it is where the input was one-hot
   */
  void backward(
      int firstStep, float[] outputGradient, LstmParameters gradient, float[] inputGradient) {
    weights.startGradient();
    Arrays.fill(cellGradient, 0, batch * layout.paddedUnits(), 0f);
    startStepGradient(outputGradient, steps - 1);
    Rows rowGradient = Rows.of(stepGradient, layout.width());
    int added = steps;
    for (int step = steps - 1; step >= firstStep; step--) {
      arithmetic.stepBackward(
          cellStep(step),
          rowGradient.right(layout.paddedInputs()),
          cellGradient,
          weights.biasGradient());
      if (step > firstStep || !layout.oneHot()) {
        startStepGradient(outputGradient, step - 1);
        arithmetic.multiplyAdd(gates(step), batch, weights.backward(), rowGradient);
      }
      if (!layout.oneHot()) {
        arithmetic.transpose(rowGradient, batch, inputs, series(inputGradient, inputs, step));
      }
      int rows = (added - step) * batch;
      if (rows >= GRADIENT_ROWS || step == firstStep) {
        weights.addGradient(sequence(step), symbols, step * batch, rows, gates(step));
        added = step;
      }
    }
    if (!layout.oneHot()) {
      Arrays.fill(inputGradient, 0, firstStep * batch * inputs, 0f);
    }
    weights.getGradient(gradient);
  }

  private void reserve() {
    int rows = batch * steps;
    int spare = arithmetic.spareRows();
    sequence = atLeast(sequence, (rows + batch) * layout.width());
    gates = atLeast(gates, (rows + spare) * layout.gateStride());
    cells = atLeast(cells, (rows + batch) * layout.paddedUnits());
    cellTanh = atLeast(cellTanh, rows * layout.paddedUnits());
    stepGradient = atLeast(stepGradient, (batch + spare) * layout.width());
    cellGradient = atLeast(cellGradient, batch * layout.paddedUnits());
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  private Rows sequence(int step) {
    return Rows.of(sequence, layout.width()).from(step * batch);
  }

  /** Outputs of the step before. */
  private Rows hidden(int step) {
    return sequence(step).right(layout.paddedInputs());
  }

  private Rows gates(int step) {
    return Rows.of(gates, layout.gateStride()).from(step * batch);
  }

  /** Cell states of the step before. */
  private Rows cells(int step) {
    return Rows.of(cells, layout.paddedUnits()).from(step * batch);
  }

  private CellStep cellStep(int step) {
    return new CellStep(
        batch,
        layout.paddedUnits(),
        gates(step),
        cells(step),
        cells(step + 1),
        Rows.of(cellTanh, layout.paddedUnits()).from(step * batch));
  }

  /** A time step in DL4J's layout, where the values of one unit for all sequences are a row. */
  private Rows series(float[] values, int size, int step) {
    return new Rows(values, step * batch * size, batch);
  }

  private void setInputs(LstmInput input) {
    if (input.oneHot()) {
      return;
    }
    for (int step = 0; step < steps; step++) {
      arithmetic.transpose(series(input.values(), inputs, step), inputs, batch, sequence(step));
      clearColumns(sequence(step), inputs, layout.paddedInputs());
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

  /** What the output of a step alone adds to the derivatives of inputs and outputs before it. */
  private void startStepGradient(float[] outputGradient, int step) {
    Rows rows = Rows.of(stepGradient, layout.width());
    if (step < 0) {
      clearColumns(rows, 0, layout.width());
      return;
    }
    clearColumns(rows, 0, layout.paddedInputs());
    Rows hidden = rows.right(layout.paddedInputs());
    arithmetic.transpose(series(outputGradient, units, step), units, batch, hidden);
    clearColumns(hidden, units, layout.paddedUnits());
  }
}
