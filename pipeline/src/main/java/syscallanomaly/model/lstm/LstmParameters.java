package syscallanomaly.model.lstm;

/**
 * Parameters of an LSTM layer, or the derivatives of the loss with respect to them. The second
 * dimension holds four parts: block input, forget gate, output gate, input gate.
 *
 * @param inputWeights weights of the inputs, shape [inputs, 4 * units], Fortran order
 * @param recurrentWeights weights of the previous outputs, shape [units, 4 * units], Fortran order
 * @param bias shape [4 * units]
 */
record LstmParameters(float[] inputWeights, float[] recurrentWeights, float[] bias) {

  /** Allocates zeros for the parameters of a layer. */
  static LstmParameters ofSize(int inputs, int units) {
    return new LstmParameters(
        new float[inputs * 4 * units], new float[units * 4 * units], new float[4 * units]);
  }
}
