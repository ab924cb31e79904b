package syscallanomaly.model.lstm;

/**
 * Widths of the rows in which the kernel keeps a layer's values. Each part of a row is padded with
 * zeros to a multiple of a vector's length. An operand row holds the inputs, if they are dense, and
 * then the outputs of the units.
 *
 * @param inputs number of inputs of the layer
 * @param units number of units of the layer
 * @param oneHot whether the inputs are one-hot; they are then looked up and take no columns
 * @param lanes number of floats in a vector register
 */
record LstmLayout(int inputs, int units, boolean oneHot, int lanes) {
  static final int GATES = 4;

  int paddedUnits() {
    return padded(units);
  }

  /** Columns that the inputs take in an operand row: 0 if they are one-hot. */
  int paddedInputs() {
    return oneHot ? 0 : padded(inputs);
  }

  /** Columns of an operand row. */
  int width() {
    return paddedInputs() + paddedUnits();
  }

  /** Columns of a row of gates. */
  int gateWidth() {
    return GATES * paddedUnits();
  }

  /**
   * Distance between the starts of two rows of gates. It is no power of two, because the rows of a
   * tile would then compete for the same few cache lines.
   */
  int gateStride() {
    return gateWidth() + lanes;
  }

  private int padded(int width) {
    return (width + lanes - 1) / lanes * lanes;
  }
}
