package syscallanomaly.jobs.benchmark.scale;

import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what Spark's tasks on all workers did from the making of this object on. */
final class TaskTotals extends SparkListener implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  private final SparkContext spark;
  private long tasks;
  private long shuffledBytes;
  private long spilledBytes;

  private TaskTotals(SparkContext spark) {
    this.spark = spark;
  }

  static TaskTotals listen(SparkContext spark) {
    TaskTotals totals = new TaskTotals(spark);
    spark.addSparkListener(totals);
    return totals;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    tasks++;
    TaskMetrics metrics = end.taskMetrics();
    // A task that failed early has none.
    if (metrics != null) {
      shuffledBytes += metrics.shuffleWriteMetrics().bytesWritten();
      spilledBytes += metrics.diskBytesSpilled();
    }
  }

  /**
   * Waits until Spark has reported all finished tasks.
   *
   * @throws TimeoutException if it does not report them within seconds
   */
  void complete() throws TimeoutException {
    spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
  }

  synchronized long tasks() {
    return tasks;
  }

  /** Compressed bytes that tasks wrote for later stages. */
  synchronized long shuffledBytes() {
    return shuffledBytes;
  }

  /** Compressed bytes that tasks wrote to disk because memory did not hold them. */
  synchronized long spilledBytes() {
    return spilledBytes;
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
