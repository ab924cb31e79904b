package syscallanomaly.train;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

  static ParameterSum of(WorkerResult result) {
    if (result.getParameters() == null) {
      return EMPTY;
    }
    return new ParameterSum(
        1, Vector.of(result.getParameters()), Vector.of(result.getUpdaterState()), result.totals());
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

  /** Numbers of one worker, or the sum of several workers'. */
  private record Vector(float[] single, double[] sum) implements Serializable {
    static Vector of(INDArray array) {
      return new Vector(array.ravel().toFloatVector(), null);
    }

    Vector plus(Vector other) {
      double[] result = sum == null ? widened(single) : sum.clone();
      if (other.sum == null) {
        for (int i = 0; i < result.length; i++) {
          result[i] += other.single[i];
        }
      } else {
        for (int i = 0; i < result.length; i++) {
          result[i] += other.sum[i];
        }
      }
      return new Vector(null, result);
    }

    INDArray dividedBy(int count) {
      double[] values = sum == null ? widened(single) : sum;
      float[] mean = new float[values.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (values[i] / count);
      }
      return Nd4j.createFromArray(mean).reshape(1, mean.length);
    }

    private static double[] widened(float[] values) {
      double[] result = new double[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
      return result;
    }
  }
}
