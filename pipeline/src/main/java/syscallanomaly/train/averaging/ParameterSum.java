package syscallanomaly.train.averaging;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.model.lstm.NativeValues;

/**
 * The sum of several workers' parameters and updater states, each times the number of sequences
 * that the worker trained on in the round.
 *
 * <p>The mean over workers is (n_1 p_1 + ... + n_w p_w) / (n_1 + ... + n_w). A worker's gradient is
 * the mean over its n sequences, so the weights n make the mean over workers the mean over all
 * sequences. Workers that train on equally many have equal weights.
 *
 * <p>A single worker's numbers travel as float. Sums are taken in double, where adding floats of
 * like size, times whole numbers, is exact. So the mean does not depend on the order in which
 * workers finish.
 *
 * <p>No class here is a record because Kryo, which Spark can be configured to use, cannot restore
 * records.
 */
final class ParameterSum implements Serializable {
  private static final long serialVersionUID = 1L;
  static final ParameterSum EMPTY =
      new ParameterSum(0, null, null, 0, PredictionTotals.NONE, TimeBreakdown.NONE);

  private final long sequences;
  private final Vector parameters;
  private final Vector updaterState;
  private final int iterations;
  private final PredictionTotals totals;
  private final TimeBreakdown time;

  private ParameterSum(
      long sequences,
      Vector parameters,
      Vector updaterState,
      int iterations,
      PredictionTotals totals,
      TimeBreakdown time) {
    this.sequences = sequences;
    this.parameters = parameters;
    this.updaterState = updaterState;
    this.iterations = iterations;
    this.totals = totals;
    this.time = time;
  }

  /**
   * A worker's parameters and updater state after a round.
   *
   * @param sequences number of sequences that the worker trained on in the round, at least 1
   * @param totals sums over the predictions of the worker's mini-batches
   * @param time time that the worker has spent on the round so far
   */
  static ParameterSum of(
      MultiLayerNetwork network, long sequences, PredictionTotals totals, TimeBreakdown time) {
    long started = System.nanoTime();
    Vector parameters = Vector.of(network.params(), sequences);
    Vector updaterState = Vector.of(network.getUpdater().getStateViewArray(), sequences);
    return new ParameterSum(
        sequences,
        parameters,
        updaterState,
        network.getIterationCount(),
        totals,
        time.then(aggregationSince(started)));
  }

  ParameterSum plus(ParameterSum other) {
    if (sequences == 0) {
      return other;
    }
    if (other.sequences == 0) {
      return this;
    }
    long started = System.nanoTime();
    Vector addedParameters = parameters.plus(other.parameters);
    Vector addedState = updaterState.plus(other.updaterState);
    return new ParameterSum(
        sequences + other.sequences,
        addedParameters,
        addedState,
        Math.max(iterations, other.iterations),
        totals.plus(other.totals),
        time.beside(other.time).then(aggregationSince(started)));
  }

  private static TimeBreakdown aggregationSince(long started) {
    return TimeBreakdown.ofAggregation(System.nanoTime() - started);
  }

  INDArray meanParameters() {
    return parameters.dividedBy(sequences);
  }

  INDArray meanUpdaterState() {
    return updaterState.dividedBy(sequences);
  }

  /**
   * Number of updates since the beginning of the training. Adam multiplies its learning rate by
   * sqrt(1 - beta2^t) / (1 - beta1^t) in the t-th update, and this number is the t of the updates
   * that follow. On whole traces, workers with longer traces make more updates. Their number stands
   * for all workers, because the mean of the updater states holds their latest gradients too.
   */
  int iterations() {
    return iterations;
  }

  PredictionTotals totals() {
    return totals;
  }

  /** Where the workers' time of the round has gone so far. */
  TimeBreakdown time() {
    return time;
  }

  /**
   * The numbers of one worker as bytes in this machine's order with their weight, or the weighted
   * sum over several workers.
   */
  private static final class Vector implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] single;
    private final long weight;
    private final double[] sum;

    private Vector(byte[] single, long weight, double[] sum) {
      this.single = single;
      this.weight = weight;
      this.sum = sum;
    }

    static Vector of(INDArray array, long weight) {
      return new Vector(NativeValues.readBytes(array), weight, null);
    }

    Vector plus(Vector other) {
      double[] result = sum == null ? widened() : sum.clone();
      if (other.sum == null) {
        float[] values = other.singles();
        for (int i = 0; i < result.length; i++) {
          result[i] += (double) values[i] * other.weight;
        }
      } else {
        for (int i = 0; i < result.length; i++) {
          result[i] += other.sum[i];
        }
      }
      return new Vector(null, 0, result);
    }

    INDArray dividedBy(long count) {
      double[] values = sum == null ? widened() : sum;
      float[] mean = new float[values.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (values[i] / count);
      }
      INDArray array = Nd4j.createUninitialized(DataType.FLOAT, 1, mean.length);
      NativeValues.write(mean, array);
      return array;
    }

    private float[] singles() {
      float[] values = new float[single.length / Float.BYTES];
      ByteBuffer.wrap(single).order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
      return values;
    }

    private double[] widened() {
      float[] values = singles();
      double[] result = new double[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = (double) values[i] * weight;
      }
      return result;
    }
  }
}
