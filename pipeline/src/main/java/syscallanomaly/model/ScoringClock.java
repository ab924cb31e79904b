package syscallanomaly.model;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import syscallanomaly.model.lstm.FastLstm;

/** Adds up what workers' batches take; a task that Spark repeats counts again. */
record ScoringClock(LongAccumulator computeNanos, LongAccumulator productNanos)
    implements Serializable {
  static ScoringClock of(SparkContext spark) {
    return new ScoringClock(spark.longAccumulator(), spark.longAccumulator());
  }

  /** Does a worker's work with its copy of the model. */
  <T> T time(LanguageModel model, Supplier<T> work) {
    long started = System.nanoTime();
    long products = FastLstm.productNanos(model.network());
    T result = work.get();
    productNanos.add(FastLstm.productNanos(model.network()) - products);
    computeNanos.add(System.nanoTime() - started);
    return result;
  }

  /** What all workers told until now. */
  TimeBreakdown total() {
    return TimeBreakdown.ofCompute(computeNanos.value(), productNanos.value());
  }
}
