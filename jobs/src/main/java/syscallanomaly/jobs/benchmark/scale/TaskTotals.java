package syscallanomaly.jobs.benchmark.scale;

import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark's tasks did from the making of this on, over all workers. */
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
   * Waits for what Spark has still to tell of tasks that are done.
   *
   * @throws TimeoutException where it does not within seconds
   */
  void complete() throws TimeoutException {
    spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
  }

  synchronized long tasks() {
    return tasks;
  }

  /** Written for later stages, as compressed. */
  synchronized long shuffledBytes() {
    return shuffledBytes;
  }

  /** Written to disk because memory did not hold it, as compressed. */
  synchronized long spilledBytes() {
    return spilledBytes;
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
