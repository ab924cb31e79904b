package syscallanomaly.model.lstm;

import java.util.Arrays;
import syscallanomaly.model.lstm.LstmArithmetic.CellStep;
import syscallanomaly.model.lstm.LstmArithmetic.Factor;

/**
 * An LSTM layer without peepholes on heap arrays: forward and backward through a mini-batch of
 * sequences (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 *
 * <p>Arrays that come and go are laid out as DL4J's: time series of shape [batch, size, steps] and
 * weights of shape [inputs, 4 * units] in Fortran order. Within, a row is a sequence at a time
 * step, rows of a step stand together, and units are padded so that whole vectors fit: what is
 * padded stays zero. All buffers are kept from call to call. Belongs to one thread.
 */
final class LstmKernel {
  private static final int GATES = 4;

  private final LstmArithmetic arithmetic;
  private final int inputs;
  private final int units;
  private final int paddedInputs;
  private final int paddedUnits;
  private final int gateWidth;

  private final Factor forwardFactor;
  private final Factor backwardFactor;
  private final Factor sequenceFactor;

  /** Weights a row per gate and unit: those of the inputs, if they are dense, and of the units. */
  private float[] weights = {};

  /** Weights of one-hot inputs, a row per input. */
  private float[] inputRows = {};

  private final float[] bias;
  private final float[] biasGradient;
  private float[] weightGradient = {};
  private float[] inputRowGradient = {};

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
  private long productNanos;

  LstmKernel(int inputs, int units, LstmArithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.inputs = inputs;
    this.units = units;
    this.paddedInputs = arithmetic.padded(inputs);
    this.paddedUnits = arithmetic.padded(units);
    this.gateWidth = GATES * paddedUnits;
    this.forwardFactor = arithmetic.factor();
    this.backwardFactor = arithmetic.factor();
    this.sequenceFactor = arithmetic.factor();
    this.bias = new float[gateWidth];
    this.biasGradient = new float[gateWidth];
  }

  int inputs() {
    return inputs;
  }

  int units() {
    return units;
  }

  /** Nanoseconds spent in matrix products since the beginning. */
  long productNanos() {
    return productNanos;
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
      Parameters parameters, Input input, int batch, int steps, State before, float[] output) {
    this.batch = batch;
    this.steps = steps;
    this.symbols = input.symbols();
    int width = width();
    reserve(width);
    setWeights(parameters);
    if (symbols == null) {
      setInputs(input.values());
    }
    setState(before);
    startGates();
    for (int step = 0; step < steps; step++) {
      long started = System.nanoTime();
      arithmetic.multiplyAdd(
          sequence,
          step * batch * width,
          width,
          batch,
          forwardFactor,
          gates,
          step * batch * gateWidth,
          gateWidth);
      productNanos += System.nanoTime() - started;
      arithmetic.stepForward(cellStep(step), sequence, hiddenStart(step + 1), width);
    }
    for (int step = 0; step < steps; step++) {
      TimeSteps.fromRows(
          sequence, hiddenStart(step + 1), width, batch, units, output, step * batch * units);
    }
  }

  /** Output and cell state after the last step of {@link #forward}. */
  State stateAfter() {
    State state = new State(new float[batch * units], new float[batch * units]);
    TimeSteps.fromRows(sequence, hiddenStart(steps), width(), batch, units, state.output(), 0);
    TimeSteps.fromRows(
        cells, steps * batch * paddedUnits, paddedUnits, batch, units, state.cell(), 0);
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
  void backward(int firstStep, float[] outputGradient, Parameters gradient, float[] inputGradient) {
    int width = width();
    long started = System.nanoTime();
    backwardFactor.set(weights, gateWidth, width);
    productNanos += System.nanoTime() - started;
    Arrays.fill(biasGradient, 0f);
    Arrays.fill(cellGradient, 0, batch * paddedUnits, 0f);
    startStepGradient(outputGradient, steps - 1);
    int hidden = width - paddedUnits;
    for (int step = steps - 1; step >= firstStep; step--) {
      arithmetic.stepBackward(
          cellStep(step), stepGradient, hidden, width, cellGradient, biasGradient);
      boolean wanted = step > firstStep || symbols == null;
      if (wanted) {
        startStepGradient(outputGradient, step - 1);
        started = System.nanoTime();
        arithmetic.multiplyAdd(
            gates,
            step * batch * gateWidth,
            gateWidth,
            batch,
            backwardFactor,
            stepGradient,
            0,
            width);
        productNanos += System.nanoTime() - started;
      }
      if (symbols == null) {
        TimeSteps.fromRows(
            stepGradient, 0, width, batch, inputs, inputGradient, step * batch * inputs);
      }
    }
    Arrays.fill(gates, 0, firstStep * batch * gateWidth, 0f);
    if (symbols == null) {
      Arrays.fill(inputGradient, 0, firstStep * batch * inputs, 0f);
    }
    weightGradients(gradient);
  }

  private int width() {
    return symbols == null ? paddedInputs + paddedUnits : paddedUnits;
  }

  private int hiddenStart(int step) {
    int width = width();
    return step * batch * width + width - paddedUnits;
  }

  private CellStep cellStep(int step) {
    int start = step * batch * paddedUnits;
    return new CellStep(
        batch, paddedUnits, gates, step * batch * gateWidth, cells, start, cellTanh, start);
  }

  private void reserve(int width) {
    int rows = batch * steps;
    int spare = arithmetic.spareRows();
    // What another layout left would stand where padding is now.
    weights = weights.length == gateWidth * width ? weights : new float[gateWidth * width];
    sequence = atLeast(sequence, (rows + batch) * width);
    gates = atLeast(gates, (rows + spare) * gateWidth);
    cells = atLeast(cells, (rows + batch) * paddedUnits);
    cellTanh = atLeast(cellTanh, rows * paddedUnits);
    stepGradient = atLeast(stepGradient, (batch + spare) * width);
    cellGradient = atLeast(cellGradient, batch * paddedUnits);
    weightGradient = atLeast(weightGradient, (gateWidth + spare) * width);
    if (symbols != null) {
      inputRows = atLeast(inputRows, inputs * gateWidth);
      inputRowGradient = atLeast(inputRowGradient, inputs * gateWidth);
    }
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  private void setWeights(Parameters parameters) {
    int width = width();
    int hidden = width - paddedUnits;
    for (int gate = 0; gate < GATES; gate++) {
      for (int unit = 0; unit < units; unit++) {
        int from = gate * units + unit;
        int to = (gate * paddedUnits + unit) * width;
        if (symbols == null) {
          System.arraycopy(parameters.inputWeights(), from * inputs, weights, to, inputs);
        }
        System.arraycopy(parameters.recurrentWeights(), from * units, weights, to + hidden, units);
      }
      System.arraycopy(parameters.bias(), gate * units, bias, gate * paddedUnits, units);
      if (symbols != null) {
        TimeSteps.toRows(
            parameters.inputWeights(),
            gate * units * inputs,
            inputs,
            units,
            inputRows,
            gate * paddedUnits,
            gateWidth);
      }
    }
    long started = System.nanoTime();
    forwardFactor.setTransposed(weights, gateWidth, width);
    productNanos += System.nanoTime() - started;
  }

  private void setInputs(float[] input) {
    int width = width();
    for (int step = 0; step < steps; step++) {
      int to = step * batch * width;
      TimeSteps.toRows(input, step * batch * inputs, batch, inputs, sequence, to, width);
      clearPadding(sequence, to, width, inputs, paddedInputs);
    }
  }

  private void clearPadding(float[] rows, int start, int stride, int from, int to) {
    if (from < to) {
      for (int row = 0; row < batch; row++) {
        Arrays.fill(rows, start + row * stride + from, start + row * stride + to, 0f);
      }
    }
  }

  private void setState(State before) {
    int width = width();
    int hidden = hiddenStart(0);
    if (before == null) {
      for (int row = 0; row < batch; row++) {
        int start = hidden + row * width;
        Arrays.fill(sequence, start, start + paddedUnits, 0f);
      }
      Arrays.fill(cells, 0, batch * paddedUnits, 0f);
      return;
    }
    TimeSteps.toRows(before.output(), 0, batch, units, sequence, hidden, width);
    clearPadding(sequence, hidden, width, units, paddedUnits);
    TimeSteps.toRows(before.cell(), 0, batch, units, cells, 0, paddedUnits);
    clearPadding(cells, 0, paddedUnits, units, paddedUnits);
  }

  /** What flows into the gates beside the product: the bias, and the looked-up weights. */
  private void startGates() {
    int rows = batch * steps;
    for (int row = 0; row < rows; row++) {
      int to = row * gateWidth;
      if (symbols == null || symbols[row] == Input.NONE) {
        System.arraycopy(bias, 0, gates, to, gateWidth);
      } else {
        int from = symbols[row] * gateWidth;
        for (int column = 0; column < gateWidth; column++) {
          gates[to + column] = inputRows[from + column] + bias[column];
        }
      }
    }
  }

  /** What the output of a step alone adds to the derivatives of inputs and outputs before it. */
  private void startStepGradient(float[] outputGradient, int step) {
    int width = width();
    Arrays.fill(stepGradient, 0, batch * width, 0f);
    if (step >= 0) {
      TimeSteps.toRows(
          outputGradient,
          step * batch * units,
          batch,
          units,
          stepGradient,
          width - paddedUnits,
          width);
    }
  }

  private void weightGradients(Parameters gradient) {
    int width = width();
    int rows = batch * steps;
    Arrays.fill(weightGradient, 0, gateWidth * width, 0f);
    long started = System.nanoTime();
    sequenceFactor.set(sequence, rows, width);
    arithmetic.multiplyTransposedAdd(
        gates, gateWidth, gateWidth, sequenceFactor, weightGradient, width);
    productNanos += System.nanoTime() - started;
    if (symbols != null) {
      addInputRowGradients(rows);
    }
    int hidden = width - paddedUnits;
    for (int gate = 0; gate < GATES; gate++) {
      for (int unit = 0; unit < units; unit++) {
        int to = gate * units + unit;
        int from = (gate * paddedUnits + unit) * width;
        if (symbols == null) {
          System.arraycopy(weightGradient, from, gradient.inputWeights(), to * inputs, inputs);
        }
        System.arraycopy(
            weightGradient, from + hidden, gradient.recurrentWeights(), to * units, units);
      }
      System.arraycopy(biasGradient, gate * paddedUnits, gradient.bias(), gate * units, units);
      if (symbols != null) {
        TimeSteps.fromRows(
            inputRowGradient,
            gate * paddedUnits,
            gateWidth,
            inputs,
            units,
            gradient.inputWeights(),
            gate * units * inputs);
      }
    }
  }

  private void addInputRowGradients(int rows) {
    Arrays.fill(inputRowGradient, 0, inputs * gateWidth, 0f);
    for (int row = 0; row < rows; row++) {
      if (symbols[row] != Input.NONE) {
        int from = row * gateWidth;
        int to = symbols[row] * gateWidth;
        for (int column = 0; column < gateWidth; column++) {
          inputRowGradient[to + column] += gates[from + column];
        }
      }
    }
  }

  /**
   * Parameters of the layer or their derivatives.
   *
   * @param inputWeights [inputs, 4 * units], Fortran order
   * @param recurrentWeights [units, 4 * units], Fortran order
   * @param bias [4 * units]
   */
  record Parameters(float[] inputWeights, float[] recurrentWeights, float[] bias) {}

  /**
   * State between two steps.
   *
   * @param output [batch, units], Fortran order
   * @param cell likewise
   */
  record State(float[] output, float[] cell) {}

  /**
   * The input of a mini-batch.
   *
   * @param values [batch, inputs, steps], Fortran order
   * @param symbols which input is 1, a number for each sequence of each step, {@link #NONE} where
   *     all are 0; null where the input is not one-hot
   */
  record Input(float[] values, int[] symbols) {
    static final int NONE = -1;

    /** Looks whether the values are one-hot. */
    static Input of(float[] values, int batch, int inputs, int steps) {
      int[] symbols = new int[batch * steps];
      Arrays.fill(symbols, NONE);
      int at = 0;
      for (int step = 0; step < steps; step++) {
        for (int input = 0; input < inputs; input++) {
          for (int row = step * batch; row < (step + 1) * batch; row++, at++) {
            float value = values[at];
            if (value != 0) {
              if (value != 1 || symbols[row] != NONE) {
                return dense(values);
              }
              symbols[row] = input;
            }
          }
        }
      }
      return new Input(values, symbols);
    }

    static Input dense(float[] values) {
      return new Input(values, null);
    }
  }
}
