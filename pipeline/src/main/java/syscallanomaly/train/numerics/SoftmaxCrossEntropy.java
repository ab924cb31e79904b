package syscallanomaly.train.numerics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;

/**
 * The weighted cross-entropy of softmax over many predictions, with its gradient.
 *
 * <p>A prediction with weight w has the sums z_1 to z_n, one for each call of the vocabulary. Its
 * softmax is p_k = exp(z_k) / (exp(z_1) + ... + exp(z_n)). If call a came, its loss is -w ln p_a =
 * w (ln(exp(z_1 - m) + ... + exp(z_n - m)) + m - z_a), where m is the largest sum. The gradient
 * with respect to z_k is w (p_k - 1) for k = a and w p_k for every other call (Bishop: Pattern
 * recognition and machine learning, 2006, section 4.3.4).
 *
 * <p>Values lie in Fortran order: the values of one call for all predictions are neighbours. So the
 * inner loops run over predictions, and Java compiles them to vector instructions. Buffers are
 * reused. An instance must be used by one thread only.
 */
final class SoftmaxCrossEntropy {
  /** The exponential of a smaller number is 0 in single precision. */
  private static final double LEAST_EXPONENT = -104;

  /** The power that {@link #raise} raises to: 1024. It is found by raising a number. */
  private static final double POWER = Math.rint(Math.log(raise(1.5)) / Math.log(1.5));

  private float[] values = {};
  private float[] largest = {};
  private float[] sumOfCall = {};
  private double[] sums = {};
  private double[] exponentials = {};
  private double loss;
  private double correct;

  /**
   * Computes loss, correct predictions and gradient.
   *
   * @param preOutput the sums z, shape [predictions, calls]
   * @param actual for each prediction, the vocabulary index of the call that came
   * @param weights for each prediction, its weight
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
      // The buffer is reused for the factor w / (exp(z_1 - m) + ... + exp(z_n - m)).
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
      double ofCall = Math.log(sums[row]) + largest[row] - sumOfCall[row];
      loss += weights[row] * ofCall;
      if (sumOfCall[row] == largest[row] && !Double.isNaN(ofCall)) {
        correct += weights[row];
      }
    }
  }

  /** Sum of the losses, which are weight times negative log-likelihood, in nats. */
  double loss() {
    return loss;
  }

  /**
   * Sum of the weights of the predictions whose call had the highest probability. A prediction
   * without probabilities, because a sum z is infinite or NaN, is not correct.
   */
  double correct() {
    return correct;
  }

  /**
   * The gradient with respect to the sums z, in Fortran order. The array may be longer than the
   * gradient; what follows has no meaning.
   */
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

  // Java compiles each of these small loops to vector instructions.

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
   * Replaces each number x, at most 0, by its exponential, exact to 10 digits. It computes e^x =
   * (e^(x / p))^p with p = {@link #POWER}. For the small number x / p, the terms of the exponential
   * series up to the fifth power are enough.
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

  // A loop over the squarings would prevent vector instructions and be three times as slow.

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
