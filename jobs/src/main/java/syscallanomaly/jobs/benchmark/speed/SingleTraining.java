package syscallanomaly.jobs.benchmark.speed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Encoder;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * Measures DL4J alone, either in a single Spark task or in a separate process with the native
 * threads that DL4J chooses by itself.
 */
final class SingleTraining {
  private final Dl4jTraining training;

  SingleTraining(Dl4jTraining training) {
    this.training = training;
  }

  /** Returns the windows of a sample in the order of training, as one partition. */
  JavaRDD<int[]> windows(MeasuredSequences sample) {
    Encoder<int[]> encoder = ValueEncoders.INTS;
    return sample
        .windows()
        .repartition(1)
        .sortWithinPartitions(xxhash64(col(WindowCutter.INDEX), lit(training.seed())))
        .select(TrainingSequences.SEQUENCE)
        .as(encoder)
        .javaRDD();
  }

  /**
   * Trains a new network once on the windows of the sample, in a Spark task.
   *
   * @param sample the windows
   * @param nativeThreads number of native threads
   */
  Repeat measure(MeasuredSequences sample, int nativeThreads) {
    Dl4jTraining shared = training;
    return repeat(
        sample,
        windows(sample)
            .mapPartitions(
                windows -> Collections.singleton(train(shared, windows, nativeThreads)).iterator())
            .reduce(Dl4jTraining.Outcome::plus));
  }

  private static Dl4jTraining.Outcome train(
      Dl4jTraining training, Iterator<int[]> windows, int nativeThreads) {
    try (NativeThreads threads = NativeThreads.set(nativeThreads)) {
      return training.train(windows);
    }
  }

  /**
   * Trains a new network once on the windows of the sample, in a separate process.
   *
   * @param sample the windows
   * @param process the process, which holds the same windows
   */
  static Repeat measure(MeasuredSequences sample, Dl4jProcess process) {
    return repeat(sample, process.train());
  }

  private static Repeat repeat(MeasuredSequences sample, Dl4jTraining.Outcome outcome) {
    return new Repeat(
        outcome.seconds(),
        outcome.windows(),
        sample.occurrences(),
        outcome.loss() / outcome.windows(),
        TimeBreakdown.NONE);
  }
}
