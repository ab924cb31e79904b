package syscallanomaly.model.lstm;

import static syscallanomaly.model.lstm.LstmLayout.GATES;

import java.util.Arrays;
import syscallanomaly.model.lstm.LstmArithmetic.Factor;

/** The parameters of a layer as the kernel takes them, and the sums of their derivatives. */
final class LstmWeights {
  private final LstmArithmetic arithmetic;
  private final LstmLayout layout;

  /** A row per gate and unit: the weights of the inputs, if they are dense, and of the units. */
  private final float[] weights;

  private final float[] weightGradient;

  /** Weights of one-hot inputs, a row per input. */
  private final float[] inputRows;

  private final float[] inputRowGradient;
  private final float[] bias;
  private final float[] biasGradient;
  private final Factor forward;
  private final Factor backward;
  private final Factor sequence;

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
    this.sequence = arithmetic.factor();
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

  /** From a row of the sequence to what flows into the gates. */
  Factor forward() {
    return forward;
  }

  /** From the derivatives of the gates to those of a row of the sequence. */
  Factor backward() {
    return backward;
  }

  /**
   * What flows into the gates beside the product: the bias, and the looked-up weights.
   *
   * @param symbols an input for each row of gates; null where inputs are dense
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

  /** Begins a backward pass. */
  void startGradient() {
    backward.set(Rows.of(weights, layout.width()), layout.gateWidth(), layout.width());
    Arrays.fill(weightGradient, 0f);
    Arrays.fill(inputRowGradient, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  /** Sums over the rows of gates, [4 * padded units]. */
  float[] biasGradient() {
    return biasGradient;
  }

  /**
   * Adds the derivatives with respect to the weights by way of some time steps.
   *
   * @param sequenceRows what was multiplied with the weights
   * @param symbols what was looked up, from {@code firstSymbol} on; null where inputs are dense
   * @param gates derivatives of the loss with respect to what flowed into the gates
   */
  void addGradient(Rows sequenceRows, int[] symbols, int firstSymbol, int rows, Rows gates) {
    sequence.set(sequenceRows, rows, layout.width());
    arithmetic.multiplyTransposedAdd(
        gates, layout.gateWidth(), sequence, Rows.of(weightGradient, layout.width()));
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

  /** A loop of its own, which Java compiles to vector instructions. */
  private static void add(float[] from, int fromStart, float[] to, int toStart, int count) {
    for (int i = 0; i < count; i++) {
      to[toStart + i] += from[fromStart + i];
    }
  }

  /** Hands out the sums. */
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
