package syscallanomaly.train;

import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.model.UpdateRule;
import syscallanomaly.train.averaging.BatchSettings;
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
 * @param unit what the network reads at a time; with {@link SequenceKind#TRACES} whole traces are
 *     held out
 * @param truncation calls of a trace that back-propagation goes back in the first epoch and in the
 *     last; after as many follows a parameter update. Of no effect on windows
 * @param epochs passes over the training windows or traces, at least 1
 * @param batchSize windows or traces of one mini-batch, over all workers together; each takes its
 *     share, at least {@value #SMALLEST_BATCH}
 * @param optimiser turns gradients into steps
 * @param learningRate of the optimiser for a single worker, above 0; where neither warm-up nor
 *     schedule lowers it
 * @param warmUp share of the whole training in which the learning rate rises evenly from 0, 0 to
 *     below 1; the rise multiplies what the schedule gives
 * @param schedule what becomes of the learning rate
 * @param gradientNormLimit largest Euclidean norm that a layer's gradient keeps, at least 0; 0: no
 *     limit
 * @param averagingFrequency mini-batches of a worker between two averagings, at least 1
 * @param polyakAveraging share of an epoch's rounds, 0..1, whose mean parameters are the epoch's
 *     model; 0: those of the last round
 * @param workers Spark tasks that train side by side; 0: Spark's default parallelism
 * @param patience epochs without improvement after which training stops, at least 1
 * @param minDelta smallest fall of the held-out loss that counts as improvement, nats
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

  /** Fewest windows or traces of a worker's mini-batch. */
  public static final int SMALLEST_BATCH = 2;

  /** What becomes of the learning rate in the course of a training. */
  public enum Schedule {
    /** It stays. */
    CONSTANT,
    /** It falls evenly, to 0 where the last epoch ends. */
    LINEAR
  }

  /**
   * How far back-propagation goes. Short segments at first are many updates at no more work; long
   * ones later on teach what short ones cannot.
   *
   * @param first calls at the beginning of training, at least 1
   * @param last calls at its end, at least 1; in between, even growth
   */
  public record Truncation(int first, int last) implements Serializable {}

  /**
   * @throws IllegalArgumentException where a number is out of its range
   */
  public TrainingSettings {
    require(
        truncation.first() >= 1 && truncation.last() >= 1,
        "a truncation of " + truncation.first() + " to " + truncation.last() + " calls",
        "at least 1");
    require(epochs >= 1, epochs + " epochs", "at least 1");
    require(batchSize >= SMALLEST_BATCH, "a batch size of " + batchSize, "at least 2");
    require(learningRate > 0, "a learning rate of " + learningRate, "above 0");
    require(warmUp >= 0 && warmUp < 1, "a warm-up of " + warmUp, "0 to below 1");
    require(gradientNormLimit >= 0, "a gradient norm limit of " + gradientNormLimit, "at least 0");
    require(
        averagingFrequency >= 1, "an averaging frequency of " + averagingFrequency, "at least 1");
    require(
        polyakAveraging >= 0 && polyakAveraging <= 1,
        "Polyak averaging over " + polyakAveraging + " of an epoch",
        "0 to 1");
    require(workers >= 0, workers + " workers", "at least 0");
    require(patience >= 1, "a patience of " + patience + " epochs", "at least 1");
    require(minDelta >= 0, "a smallest improvement of " + minDelta, "at least 0");
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

  /** Workers that train side by side in a session. */
  public int workersOf(SparkSession spark) {
    return workers == 0 ? spark.sparkContext().defaultParallelism() : workers;
  }

  /**
   * The learning rate that each worker trains with: the configured one times the square root of the
   * number of workers.
   *
   * <p>A worker's gradient comes from its share of the batch, so its variance is that many times as
   * large. RMSprop divides by its root mean square and takes steps that are smaller by the square
   * root. Averaging takes the noise out again but leaves the steps small. The same holds for Adam:
   * it steps along a running mean of the gradient, which the number of workers does not change in
   * expectation, and divides by the same root mean square (Malladi et al.: On the SDEs and scaling
   * rules for adaptive gradient algorithms, 2022, derive the square root for both). Where the
   * gradient is larger than its noise, the root is too much for either.
   */
  public double learningRateOf(int workerCount) {
    return learningRate * Math.sqrt(workerCount);
  }

  /**
   * How each worker's network is updated; its learning rate is that before warm-up and schedule.
   */
  public UpdateRule updateRule(int workerCount) {
    return new UpdateRule(optimiser.updater(learningRateOf(workerCount)), gradientNormLimit);
  }

  /**
   * What a mini-batch is trained with.
   *
   * @param done share of the whole training that lies before it, 0 to below 1
   */
  public BatchSettings batchSettings(int workerCount, double done) {
    double share =
        switch (schedule) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - done;
        };
    double warmth = done < warmUp ? done / warmUp : 1;
    return new BatchSettings(
        warmth * share * learningRateOf(workerCount),
        (int) Math.round(truncation.first() + done * (truncation.last() - truncation.first())));
  }

  /** Windows or traces of one worker's mini-batch. */
  int batchSizePerWorker(int workerCount) {
    return Math.max(SMALLEST_BATCH, Math.round((float) batchSize / workerCount));
  }

  /** Takes settings one by one; those that are not given keep their defaults. */
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
     * @param first calls at the beginning of training, at least 1
     * @param last calls at its end, at least 1
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
     * The settings.
     *
     * @throws IllegalArgumentException where a number is out of its range
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
