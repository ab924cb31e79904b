package syscallanomaly.model.lstm;

import java.util.Arrays;

/**
 * The input of an LSTM layer for a mini-batch.
 *
 * @param values input values, shape [batch, inputs, time steps], Fortran order
 * @param symbols index of the input that is 1, at {@code timeStep * batch + sequence}; {@link
 *     #NONE} where all inputs are 0; null if the input is not one-hot
 */
record LstmInput(float[] values, int[] symbols) {
  static final int NONE = -1;

  /** Checks whether the values are one-hot, and fills in the symbols if they are. */
  static LstmInput of(float[] values, int batch, int inputs, int timeSteps) {
    int[] symbols = new int[batch * timeSteps];
    Arrays.fill(symbols, NONE);
    int at = 0;
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      for (int input = 0; input < inputs; input++) {
        for (int row = timeStep * batch; row < (timeStep + 1) * batch; row++, at++) {
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
    return new LstmInput(values, symbols);
  }

  static LstmInput dense(float[] values) {
    return new LstmInput(values, null);
  }

  boolean oneHot() {
    return symbols != null;
  }
}
