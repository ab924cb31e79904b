package syscallanomaly.model.lstm;

/**
 * How the kernel lays out the rows of a layer: widths are multiples of a vector's, what is padded
 * stays zero.
 *
 * @param oneHot whether inputs are numbers to look up, which take no place in a row
 * @param lanes of a vector
 */
record LstmLayout(int inputs, int units, boolean oneHot, int lanes) {
  static final int GATES = 4;

  int paddedUnits() {
    return padded(units);
  }

  /** Numbers of a row of the sequence before those of the units: the inputs, if they are dense. */
  int paddedInputs() {
    return oneHot ? 0 : padded(inputs);
  }

  /** Of a row of the sequence. */
  int width() {
    return paddedInputs() + paddedUnits();
  }

  /** Of a row of gates. */
  int gateWidth() {
    return GATES * paddedUnits();
  }

  /**
   * Between rows of gates. A power of two would map the rows of a tile to the same few lines of the
   * cache.
   */
  int gateStride() {
    return gateWidth() + lanes;
  }

  private int padded(int width) {
    return (width + lanes - 1) / lanes * lanes;
  }
}
