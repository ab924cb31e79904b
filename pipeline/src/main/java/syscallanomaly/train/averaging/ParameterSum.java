package syscallanomaly.train.averaging;

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
  static final ParameterSum EMPTY =
      new ParameterSum(0, null, null, 0, BatchTotals.NONE, WorkerClock.NONE);

  private final int workers;
  private final Vector parameters;
  private final Vector updaterState;
  private final int iterations;
  private final BatchTotals totals;
  private final WorkerClock slowest;

  private ParameterSum(
      int workers,
      Vector parameters,
      Vector updaterState,
      int iterations,
      BatchTotals totals,
      WorkerClock slowest) {
    this.workers = workers;
    this.parameters = parameters;
    this.updaterState = updaterState;
    this.iterations = iterations;
    this.totals = totals;
    this.slowest = slowest;
  }

  /**
   * A worker's parameters and updater state after a round.
   *
   * @param receiveNanos time that it took in the parameters of the round's start
   */
  static ParameterSum of(MultiLayerNetwork network, BatchTotals totals, long receiveNanos) {
    long started = System.nanoTime();
    Vector parameters = Vector.of(network.params());
    Vector updaterState = Vector.of(network.getUpdater().getStateViewArray());
    WorkerClock clock = new WorkerClock(receiveNanos, totals.computeNanos(), 0);
    return new ParameterSum(
        1,
        parameters,
        updaterState,
        network.getIterationCount(),
        totals,
        clock.handedBackSince(started));
  }

  ParameterSum plus(ParameterSum other) {
    if (workers == 0) {
      return other;
    }
    if (other.workers == 0) {
      return this;
    }
    long started = System.nanoTime();
    Vector addedParameters = parameters.plus(other.parameters);
    Vector addedState = updaterState.plus(other.updaterState);
    return new ParameterSum(
        workers + other.workers,
        addedParameters,
        addedState,
        Math.max(iterations, other.iterations),
        totals.plus(other.totals),
        slowest.slowest(other.slowest).handedBackSince(started));
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

  /**
   * Updates that made the updater state, those of earlier rounds included. On whole traces, workers
   * whose traces are longer make more updates; the largest count stands for all: Adam's correction
   * for a young state is smaller the older it is, so that no step is too large.
   */
  int iterations() {
    return iterations;
  }

  BatchTotals totals() {
    return totals;
  }

  /** How long the slowest workers were at the parts of the round. */
  WorkerClock slowest() {
    return slowest;
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
