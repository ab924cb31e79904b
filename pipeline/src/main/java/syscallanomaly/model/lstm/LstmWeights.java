package syscallanomaly.model.lstm;

import static syscallanomaly.model.lstm.LstmLayout.GATES;

import java.util.Arrays;
import syscallanomaly.model.lstm.LstmArithmetic.Factor;

/**
 * The parameters of a layer in the kernel's layout, and the sums of their derivatives.
 *
 * <p>Order of use:
 *
 * <ol>
 *   <li>{@link #set} takes the parameters.
 *   <li>{@link #startGates} and a product with {@link #forward} compute what flows into the gates.
 *   <li>{@link #startGradient} clears the sums for a backward pass.
 *   <li>{@link #addGradient} adds to the sums, once for each group of time steps.
 *   <li>{@link #getGradient} copies the sums out.
 * </ol>
 */
final class LstmWeights {
  private final LstmArithmetic arithmetic;
  private final LstmLayout layout;

  /**
   * One row for each gate and unit: the weights of the inputs, if they are dense, then the weights
   * of the previous outputs.
   */
  private final float[] weights;

  private final float[] weightGradient;

  /** Weights of one-hot inputs, one row for each input; empty if the inputs are dense. */
  private final float[] inputRows;

  private final float[] inputRowGradient;
  private final float[] bias;
  private final float[] biasGradient;
  private final Factor forward;
  private final Factor backward;
  private final Factor operands;

  LstmWeights(LstmLayout layout, LstmArithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.layout = layout;
    int gateWidth = layout.gateWidth();
    this.weights = new float[gateWidth * layout.width()];
    this.weightGradient = new float[(gateWidth + arithmetic.spareRows()) * layout.width()];
    this.inputRows = new float[layout.oneHot() ? layout.inputs() * gateWidth : 0];
    this.inputRowGradient = new float[inputRows.length];
    this.bias = new float[gateWidth];
    this.biasGradient = new float[gateWidth];
    this.forward = arithmetic.factor();
    this.backward = arithmetic.factor();
    this.operands = arithmetic.factor();
  }

  void set(LstmParameters parameters) {
    int inputs = layout.inputs();
    int units = layout.units();
    for (int gate = 0; gate < GATES; gate++) {
      for (int unit = 0; unit < units; unit++) {
        int from = gate * units + unit;
        int to = row(gate, unit);
        if (!layout.oneHot()) {
          System.arraycopy(parameters.inputWeights(), from * inputs, weights, to, inputs);
        }
        System.arraycopy(
            parameters.recurrentWeights(),
            from * units,
            weights,
            to + layout.paddedInputs(),
            units);
      }
      System.arraycopy(parameters.bias(), gate * units, bias, gate * layout.paddedUnits(), units);
      if (layout.oneHot()) {
        arithmetic.transpose(
            new Rows(parameters.inputWeights(), gate * units * inputs, inputs),
            units,
            inputs,
            inputRowsOf(gate, inputRows));
      }
    }
    forward.setTransposed(Rows.of(weights, layout.width()), layout.gateWidth(), layout.width());
  }

  /** The right operand that turns operand rows into what flows into the gates. */
  Factor forward() {
    return forward;
  }

  /** The right operand that turns derivatives of the gates into derivatives of operand rows. */
  Factor backward() {
    return backward;
  }

  /**
   * Fills rows of gates with what flows into them apart from the product: the bias and, for one-hot
   * inputs, the weights looked up.
   *
   * @param symbols index of the input that is 1 for each row of gates; null if the inputs are dense
   * @param rows number of rows of gates
   * @param gates receives the values
   */
  void startGates(int[] symbols, int rows, Rows gates) {
    int width = layout.gateWidth();
    for (int row = 0; row < rows; row++) {
      int to = gates.row(row);
      System.arraycopy(bias, 0, gates.values(), to, width);
      if (symbols != null && symbols[row] != LstmInput.NONE) {
        add(inputRows, symbols[row] * width, gates.values(), to, width);
      }
    }
  }

  /** Begins a backward pass: sets the sums of the derivatives to zero. */
  void startGradient() {
    backward.set(Rows.of(weights, layout.width()), layout.gateWidth(), layout.width());
    Arrays.fill(weightGradient, 0f);
    Arrays.fill(inputRowGradient, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  /** Derivatives with respect to the bias, shape [4 * padded units]. */
  float[] biasGradient() {
    return biasGradient;
  }

  /**
   * Adds what a group of time steps contributes to the derivatives of the weights.
   *
   * @param operandRows the left operands of the forward products of these time steps
   * @param symbols index of the input that is 1, read from {@code firstSymbol} on; null if the
   *     inputs are dense
   * @param firstSymbol position in {@code symbols} that belongs to the first row
   * @param rows number of rows
   * @param gates derivatives of the loss with respect to what flowed into the gates
   */
  void addGradient(Rows operandRows, int[] symbols, int firstSymbol, int rows, Rows gates) {
    operands.set(operandRows, rows, layout.width());
    arithmetic.multiplyTransposedAdd(
        gates, layout.gateWidth(), operands, Rows.of(weightGradient, layout.width()));
    if (symbols == null) {
      return;
    }
    int width = layout.gateWidth();
    for (int row = 0; row < rows; row++) {
      int symbol = symbols[firstSymbol + row];
      if (symbol != LstmInput.NONE) {
        add(gates.values(), gates.row(row), inputRowGradient, symbol * width, width);
      }
    }
  }

  /** A separate method, because Java compiles a loop this small to vector instructions. */
  private static void add(float[] from, int fromStart, float[] to, int toStart, int count) {
    for (int i = 0; i < count; i++) {
      to[toStart + i] += from[fromStart + i];
    }
  }

  /** Copies the sums of the derivatives into the caller's arrays. */
  void getGradient(LstmParameters gradient) {
    int inputs = layout.inputs();
    int units = layout.units();
    for (int gate = 0; gate < GATES; gate++) {
      for (int unit = 0; unit < units; unit++) {
        int from = row(gate, unit);
        int to = gate * units + unit;
        if (!layout.oneHot()) {
          System.arraycopy(weightGradient, from, gradient.inputWeights(), to * inputs, inputs);
        }
        System.arraycopy(
            weightGradient,
            from + layout.paddedInputs(),
            gradient.recurrentWeights(),
            to * units,
            units);
      }
      System.arraycopy(
          biasGradient, gate * layout.paddedUnits(), gradient.bias(), gate * units, units);
      if (layout.oneHot()) {
        arithmetic.transpose(
            inputRowsOf(gate, inputRowGradient),
            inputs,
            units,
            new Rows(gradient.inputWeights(), gate * units * inputs, inputs));
      }
    }
  }

  private int row(int gate, int unit) {
    return (gate * layout.paddedUnits() + unit) * layout.width();
  }

  private Rows inputRowsOf(int gate, float[] rows) {
    return new Rows(rows, gate * layout.paddedUnits(), layout.gateWidth());
  }
}
