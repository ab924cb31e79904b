package syscallanomaly.model.lstm;

/**
 * Parameters of an LSTM layer, or the derivatives of the loss with respect to them.
 *
 * @param inputWeights [inputs, 4 * units], Fortran order
 * @param recurrentWeights [units, 4 * units], Fortran order
 * @param bias [4 * units]
 */
record LstmParameters(float[] inputWeights, float[] recurrentWeights, float[] bias) {

  /** Room for the parameters of a layer. */
  static LstmParameters ofSize(int inputs, int units) {
    return new LstmParameters(
        new float[inputs * 4 * units], new float[units * 4 * units], new float[4 * units]);
  }
}
