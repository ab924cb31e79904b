package syscallanomaly.model;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import syscallanomaly.model.lstm.FastLstm;

/** Adds up the time that the workers' batches take. A task that Spark repeats is counted again. */
record ScoringClock(LongAccumulator computeNanos, LongAccumulator productNanos)
    implements Serializable {
  static ScoringClock of(SparkContext spark) {
    return new ScoringClock(spark.longAccumulator(), spark.longAccumulator());
  }

  /** Does a worker's work with its copy of the model, and adds the time that it takes. */
  <T> T time(LanguageModel model, Supplier<T> work) {
    long started = System.nanoTime();
    long products = FastLstm.productNanos(model.network());
    T result = work.get();
    productNanos.add(FastLstm.productNanos(model.network()) - products);
    computeNanos.add(System.nanoTime() - started);
    return result;
  }

  /** The time of all workers so far. */
  TimeBreakdown total() {
    return TimeBreakdown.ofCompute(computeNanos.value(), productNanos.value());
  }
}
