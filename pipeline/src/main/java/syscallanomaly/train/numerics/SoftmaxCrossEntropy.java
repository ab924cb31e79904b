package syscallanomaly.train.numerics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;

/**
 * The weighted cross-entropy of softmax over many predictions, with its gradient.
 *
 * <p>Values lie in Fortran order, those of one call for all predictions side by side, and so the
 * loops run over predictions: Java turns them into vector instructions. Buffers are kept. Belongs
 * to one thread.
 */
final class SoftmaxCrossEntropy {
  /** Below, a probability is 0 in single precision. */
  private static final double LEAST_EXPONENT = -104;

  /** The power that {@link #raise} raises to, found by letting it raise a number: 1024. */
  private static final double POWER = Math.rint(Math.log(raise(1.5)) / Math.log(1.5));

  private float[] values = {};
  private float[] largest = {};
  private float[] sumOfCall = {};
  private double[] sums = {};
  private double[] exponentials = {};
  private double loss;
  private double correct;

  /**
   * Takes in predictions.
   *
   * @param preOutput what softmax is taken of, shape [predictions, calls]
   * @param actual the call that came, for each prediction
   * @param weights for each prediction
   */
  void compute(INDArray preOutput, int[] actual, float[] weights) {
    int rows = actual.length;
    int calls = Math.toIntExact(preOutput.length() / rows);
    reserve(rows);
    values = NativeValues.read(preOutput, values);
    Arrays.fill(largest, 0, rows, Float.NEGATIVE_INFINITY);
    for (int call = 0; call < calls; call++) {
      raise(largest, values, call * rows, rows);
    }
    for (int row = 0; row < rows; row++) {
      sumOfCall[row] = values[actual[row] * rows + row];
    }
    Arrays.fill(sums, 0, rows, 0);
    for (int call = 0; call < calls; call++) {
      subtract(values, call * rows, largest, exponentials, rows);
      exponentiate(exponentials, rows);
      add(exponentials, sums, values, call * rows, rows);
    }
    measure(weights, rows);
    for (int row = 0; row < rows; row++) {
      // From here on what the exponentials are multiplied by.
      largest[row] = (float) (weights[row] / sums[row]);
    }
    for (int call = 0; call < calls; call++) {
      multiply(values, call * rows, largest, rows);
    }
    for (int row = 0; row < rows; row++) {
      values[actual[row] * rows + row] -= weights[row];
    }
  }

  private void measure(float[] weights, int rows) {
    loss = 0;
    correct = 0;
    for (int row = 0; row < rows; row++) {
      loss += weights[row] * (Math.log(sums[row]) + largest[row] - sumOfCall[row]);
      if (sumOfCall[row] == largest[row]) {
        correct += weights[row];
      }
    }
  }

  /** Sum of weight times negative log-likelihood, nats. */
  double loss() {
    return loss;
  }

  /** Sum of the weights of the predictions whose call had the highest probability. */
  double correct() {
    return correct;
  }

  /** Derivatives with respect to what softmax was taken of, in Fortran order; the first count. */
  float[] gradient() {
    return values;
  }

  private void reserve(int rows) {
    if (sums.length < rows) {
      largest = new float[rows];
      sumOfCall = new float[rows];
      sums = new double[rows];
      exponentials = new double[rows];
    }
  }

  // Small loops: each is turned into vector instructions as a whole.

  private static void raise(float[] largest, float[] values, int start, int count) {
    for (int i = 0; i < count; i++) {
      largest[i] = Math.max(largest[i], values[start + i]);
    }
  }

  private static void subtract(
      float[] values, int start, float[] largest, double[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = values[start + i] - largest[i];
    }
  }

  /**
   * Replaces numbers x, at most 0, by their exponentials, right to 10 digits: e^x is e^(x / p) to
   * the power of p, and of the exponential of a small number a few terms of the series are enough.
   */
  private static void exponentiate(double[] numbers, int count) {
    double scale = 1 / POWER;
    for (int i = 0; i < count; i++) {
      double x = Math.max(numbers[i], LEAST_EXPONENT) * scale;
      numbers[i] =
          raise(
              1
                  + x
                      * (1
                          + x
                              * (1 / 2.0)
                              * (1 + x * (1 / 3.0) * (1 + x * (1 / 4.0) * (1 + x * (1 / 5.0))))));
    }
  }

  // A loop over the squarings would keep Java from vector instructions: three times as slow.

  private static double raise(double number) {
    return fourth(fourth(fourth(fourth(fourth(number)))));
  }

  private static double fourth(double number) {
    double square = number * number;
    return square * square;
  }

  private static void add(
      double[] exponentials, double[] sums, float[] values, int start, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += exponentials[i];
      values[start + i] = (float) exponentials[i];
    }
  }

  private static void multiply(float[] values, int start, float[] factors, int count) {
    for (int i = 0; i < count; i++) {
      values[start + i] *= factors[i];
    }
  }
}
