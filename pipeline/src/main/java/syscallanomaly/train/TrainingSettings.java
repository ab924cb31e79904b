package syscallanomaly.train;

import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.model.UpdateRule;
import syscallanomaly.train.optimiser.Optimiser;
import syscallanomaly.train.optimiser.Optimisers;
import syscallanomaly.window.SequenceKind;

/**
 * How the network is trained.
 *
 * <pre>{@code
 * TrainingSettings settings = TrainingSettings.builder().epochs(3).batchSize(20).build();
 * }</pre>
 *
 * @param unit kind of sequence that the network reads
 * @param truncation number of calls that back-propagation goes back in a whole trace, at the
 *     beginning of training and at its end. A parameter update follows after that many calls.
 *     Windows are not truncated
 * @param epochs largest number of passes over the training sequences, at least 1
 * @param batchSize number of sequences in one mini-batch of all workers together, at least {@value
 *     #SMALLEST_BATCH}. Each worker takes an equal share; shares differ by one sequence at most
 * @param optimiser turns gradients into parameter updates
 * @param learningRate learning rate of a single worker before warm-up and schedule lower it, above
 *     0 and at most {@value #LARGEST_RATE}
 * @param warmUp share of the whole training during which the learning rate rises evenly from 0; 0
 *     to below 1. The rise is multiplied with the schedule
 * @param schedule how the learning rate changes in the course of training
 * @param gradientNormLimit largest Euclidean norm of a layer's gradient, 0 to {@value
 *     #LARGEST_NORM}; 0 means no limit
 * @param averagingFrequency largest number of mini-batches that a worker trains on in one averaging
 *     round, at least 1
 * @param polyakAveraging share of an epoch's averaging rounds whose mean parameters are the epoch's
 *     model, 0 to 1. The last rounds are taken. If these are fewer than three, the parameters after
 *     the last round are the epoch's model
 * @param workers number of Spark tasks that are wanted to train in parallel; 0 means as many as the
 *     session runs at a time. {@link #workersFor} limits both
 * @param patience number of epochs without improvement after which training stops, at least 1
 * @param minDelta smallest fall of the held-out loss that counts as improvement, in nats, 0 to
 *     {@value #LARGEST_DELTA}
 */
public record TrainingSettings(
    SequenceKind unit,
    Truncation truncation,
    int epochs,
    int batchSize,
    Optimiser optimiser,
    double learningRate,
    double warmUp,
    Schedule schedule,
    double gradientNormLimit,
    int averagingFrequency,
    double polyakAveraging,
    int workers,
    int patience,
    double minDelta)
    implements Serializable {

  /** Smallest number of sequences in a mini-batch, and in a worker's share of it. */
  public static final int SMALLEST_BATCH = 2;

  /**
   * Smallest number of sequences in a worker's share of a mini-batch if the number of workers is
   * not given. It was measured: on ADFA-LD smaller shares end with a higher held-out loss.
   */
  public static final int USEFUL_SHARE = 13;

  /** Largest learning rate. Optimisers that scale the gradient need far smaller ones. */
  public static final double LARGEST_RATE = 10;

  /** Largest limit of a gradient's norm. */
  public static final double LARGEST_NORM = 1e6;

  /** Largest fall of the held-out loss that can be asked for, in nats. */
  public static final double LARGEST_DELTA = 10;

  /** How the learning rate changes in the course of a training. */
  public enum Schedule {
    /** The learning rate stays the same. */
    CONSTANT,
    /** The learning rate falls evenly and reaches 0 when the last epoch ends. */
    LINEAR
  }

  /**
   * How many calls back-propagation goes back in a whole trace. The number changes evenly in the
   * course of training. Short segments early in training give many updates for the same work. Long
   * segments later teach what short ones cannot.
   *
   * @param first number of calls at the beginning of training, at least 1
   * @param last number of calls at the end of training, at least 1
   */
  public record Truncation(int first, int last) implements Serializable {}

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TrainingSettings {
    require(
        truncation.first() >= 1 && truncation.last() >= 1,
        "a truncation of " + truncation.first() + " to " + truncation.last() + " calls",
        "at least 1");
    require(epochs >= 1, epochs + " epochs", "at least 1");
    require(batchSize >= SMALLEST_BATCH, "a batch size of " + batchSize, "at least 2");
    require(
        learningRate > 0 && learningRate <= LARGEST_RATE,
        "a learning rate of " + learningRate,
        "above 0 and at most 10");
    require(warmUp >= 0 && warmUp < 1, "a warm-up of " + warmUp, "0 to below 1");
    require(
        gradientNormLimit >= 0 && gradientNormLimit <= LARGEST_NORM,
        "a gradient norm limit of " + gradientNormLimit,
        "0 to 1000000");
    require(
        averagingFrequency >= 1, "an averaging frequency of " + averagingFrequency, "at least 1");
    require(
        polyakAveraging >= 0 && polyakAveraging <= 1,
        "Polyak averaging over " + polyakAveraging + " of an epoch",
        "0 to 1");
    require(workers >= 0, workers + " workers", "at least 0");
    require(patience >= 1, "a patience of " + patience + " epochs", "at least 1");
    require(
        minDelta >= 0 && minDelta <= LARGEST_DELTA,
        "a smallest improvement of " + minDelta,
        "0 to 10");
  }

  private static void require(boolean inRange, String what, String range) {
    if (!inRange) {
      throw new IllegalArgumentException(
          "Cannot train with %s: it must be %s".formatted(what, range));
    }
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Number of workers that train in parallel in a session; see {@link #workersFor}. */
  public int workersOf(SparkSession spark) {
    return workersFor(spark.sparkContext().defaultParallelism());
  }

  /**
   * Number of workers that train in parallel. Workers share a mini-batch, so that its size limits
   * their number. If the number of workers is given, each must get at least {@value
   * #SMALLEST_BATCH} sequences; if not, at least {@value #USEFUL_SHARE}, because the gradients of
   * smaller shares teach less, whatever the learning rate.
   *
   * @param tasks number of tasks that can run in parallel, at least 1
   */
  public int workersFor(int tasks) {
    return workers == 0
        ? Math.max(1, Math.min(tasks, batchSize / USEFUL_SHARE))
        : Math.min(workers, batchSize / SMALLEST_BATCH);
  }

  /**
   * The learning rate of each worker: {@code learningRate x sqrt(workers)}.
   *
   * <p>A worker computes its gradient from 1/workers of the batch, so the gradient's variance is
   * {@code workers} times as large. RMSprop divides the gradient by its root mean square, so its
   * updates are smaller by sqrt(workers). Averaging removes the noise again but leaves the updates
   * small. The factor makes up for that.
   *
   * <p>The same holds for Adam. Its updates follow a running mean of the gradient, whose
   * expectation does not depend on the number of workers. It divides this mean by the same root
   * mean square. Malladi et al. derive the square root for both optimisers (On the SDEs and scaling
   * rules for adaptive gradient algorithms, 2022). The factor is too large if the gradient is
   * larger than its noise.
   *
   * @param workerCount number of workers that train in parallel, at least 1
   */
  public double learningRateOf(int workerCount) {
    return learningRate * Math.sqrt(workerCount);
  }

  /**
   * How each worker's network is updated. The rule has the learning rate before warm-up and
   * schedule.
   */
  public UpdateRule updateRule(int workerCount) {
    return new UpdateRule(optimiser.updater(learningRateOf(workerCount)), gradientNormLimit);
  }

  /** Takes settings one by one. Settings that are not given keep their defaults. */
  public static final class Builder {
    private static final int DEFAULT_TRUNCATION = 100;

    private SequenceKind unit = SequenceKind.WINDOWS;
    private Truncation truncation = new Truncation(DEFAULT_TRUNCATION, DEFAULT_TRUNCATION);
    private int epochs = 10;
    private int batchSize = 50;
    private Optimiser optimiser = Optimisers.DEFAULT;
    private double learningRate = 0.001;
    private double warmUp;
    private Schedule schedule = Schedule.CONSTANT;
    private double gradientNormLimit;
    private int averagingFrequency = 40;
    private double polyakAveraging = 0.1;
    private int workers;
    private int patience = 3;
    private double minDelta = 0.0001;

    private Builder() {}

    private Builder(TrainingSettings settings) {
      unit = settings.unit;
      truncation = settings.truncation;
      epochs = settings.epochs;
      batchSize = settings.batchSize;
      optimiser = settings.optimiser;
      learningRate = settings.learningRate;
      warmUp = settings.warmUp;
      schedule = settings.schedule;
      gradientNormLimit = settings.gradientNormLimit;
      averagingFrequency = settings.averagingFrequency;
      polyakAveraging = settings.polyakAveraging;
      workers = settings.workers;
      patience = settings.patience;
      minDelta = settings.minDelta;
    }

    /** Sets {@link TrainingSettings#unit}; windows by default. */
    public Builder unit(SequenceKind value) {
      unit = value;
      return this;
    }

    /**
     * Sets {@link TrainingSettings#truncation}; 100 throughout by default.
     *
     * @param first number of calls at the beginning of training, at least 1
     * @param last number of calls at the end of training, at least 1
     */
    public Builder truncation(int first, int last) {
      truncation = new Truncation(first, last);
      return this;
    }

    /** Sets {@link TrainingSettings#epochs}; 10 by default. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Sets {@link TrainingSettings#batchSize}; 50 by default. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Sets {@link TrainingSettings#optimiser}; RMSprop by default. */
    public Builder optimiser(Optimiser value) {
      optimiser = value;
      return this;
    }

    /** Sets {@link TrainingSettings#learningRate}; .001 by default. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Sets {@link TrainingSettings#warmUp}; 0 by default. */
    public Builder warmUp(double value) {
      warmUp = value;
      return this;
    }

    /** Sets {@link TrainingSettings#schedule}; constant by default. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /** Sets {@link TrainingSettings#gradientNormLimit}; none by default. */
    public Builder gradientNormLimit(double value) {
      gradientNormLimit = value;
      return this;
    }

    /** Sets {@link TrainingSettings#averagingFrequency}; 40 by default. */
    public Builder averagingFrequency(int value) {
      averagingFrequency = value;
      return this;
    }

    /** Sets {@link TrainingSettings#polyakAveraging}; .1 by default. */
    public Builder polyakAveraging(double value) {
      polyakAveraging = value;
      return this;
    }

    /** Sets {@link TrainingSettings#workers}; 0 by default. */
    public Builder workers(int value) {
      workers = value;
      return this;
    }

    /** Sets {@link TrainingSettings#patience}; 3 by default. */
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /** Sets {@link TrainingSettings#minDelta}; .0001 by default. */
    public Builder minDelta(double value) {
      minDelta = value;
      return this;
    }

    /**
     * Creates the settings.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public TrainingSettings build() {
      return new TrainingSettings(
          unit,
          truncation,
          epochs,
          batchSize,
          optimiser,
          learningRate,
          warmUp,
          schedule,
          gradientNormLimit,
          averagingFrequency,
          polyakAveraging,
          workers,
          patience,
          minDelta);
    }
  }
}
