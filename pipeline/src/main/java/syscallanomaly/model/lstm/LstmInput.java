package syscallanomaly.model.lstm;

import java.util.Arrays;

/**
 * The input of an LSTM layer for a mini-batch.
 *
 * @param values [batch, inputs, steps], Fortran order
 * @param symbols which input is 1, a number for each sequence of each step, {@link #NONE} where all
 *     are 0; null where the input is not one-hot
 */
record LstmInput(float[] values, int[] symbols) {
  static final int NONE = -1;

  /** Looks whether the values are one-hot. */
  static LstmInput of(float[] values, int batch, int inputs, int steps) {
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
    return new LstmInput(values, symbols);
  }

  static LstmInput dense(float[] values) {
    return new LstmInput(values, null);
  }

  boolean oneHot() {
    return symbols != null;
  }
}
