package syscallanomaly.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.lstm.NativeValues;

/**
 * The sum of several workers' parameters and updater states.
 *
 * <p>A single worker's numbers travel as float; sums are taken in double, where adding floats of
 * like size is exact, so that the mean does not depend on the order in which workers finish.
 */
final class ParameterSum implements Serializable {
  private static final long serialVersionUID = 1L;
  static final ParameterSum EMPTY = new ParameterSum(0, null, null, BatchTotals.NONE);

  private final int workers;
  private final Vector parameters;
  private final Vector updaterState;
  private final BatchTotals totals;

  private ParameterSum(int workers, Vector parameters, Vector updaterState, BatchTotals totals) {
    this.workers = workers;
    this.parameters = parameters;
    this.updaterState = updaterState;
    this.totals = totals;
  }

  /** A worker's parameters and updater state after a round. */
  static ParameterSum of(MultiLayerNetwork network, BatchTotals totals) {
    return new ParameterSum(
        1,
        Vector.of(network.params()),
        Vector.of(network.getUpdater().getStateViewArray()),
        totals);
  }

  ParameterSum plus(ParameterSum other) {
    if (workers == 0) {
      return other;
    }
    if (other.workers == 0) {
      return this;
    }
    return new ParameterSum(
        workers + other.workers,
        parameters.plus(other.parameters),
        updaterState.plus(other.updaterState),
        totals.plus(other.totals));
  }

  /** Number of workers that trained. */
  int workers() {
    return workers;
  }

  INDArray meanParameters() {
    return parameters.dividedBy(workers);
  }

  INDArray meanUpdaterState() {
    return updaterState.dividedBy(workers);
  }

  BatchTotals totals() {
    return totals;
  }

  /** Numbers of one worker, as bytes of this kind of machine, or the sum of several workers'. */
  private record Vector(byte[] single, double[] sum) implements Serializable {
    static Vector of(INDArray array) {
      return new Vector(NativeValues.readBytes(array), null);
    }

    Vector plus(Vector other) {
      double[] result = sum == null ? widened() : sum.clone();
      if (other.sum == null) {
        float[] values = other.singles();
        for (int i = 0; i < result.length; i++) {
          result[i] += values[i];
        }
      } else {
        for (int i = 0; i < result.length; i++) {
          result[i] += other.sum[i];
        }
      }
      return new Vector(null, result);
    }

    INDArray dividedBy(int count) {
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
        result[i] = values[i];
      }
      return result;
    }
  }
}
