package syscallanomaly.jobs.job;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/**
 * The executors of a cluster. They register one after another once Spark has started. The number of
 * the training's workers depends on the number of executors, and it must not depend on how fast
 * they register.
 *
 * @param count number of executors
 * @param tasks number of tasks that all executors together run in parallel
 */
record ClusterExecutors(int count, int tasks) {
  private static final String INSTANCES = "spark.executor.instances";
  private static final long MISSING_SECONDS = 60;
  private static final long QUIET_SECONDS = 3;

  /** Number of tasks that one executor runs in parallel, rounded up. */
  int tasksEach() {
    return Math.max(1, (tasks + count - 1) / Math.max(1, count));
  }

  /**
   * Waits until no more executors register. For each executor that {@value #INSTANCES} asks for
   * (one, if it is not set), the wait is at most a minute.
   */
  static ClusterExecutors await(SparkContext spark) {
    Arrivals arrivals = new Arrivals();
    spark.addSparkListener(arrivals);
    try {
      int wanted = spark.getConf().getInt(INSTANCES, 1);
      int known = count(spark);
      while (arrivals.another(known < wanted ? MISSING_SECONDS : QUIET_SECONDS)) {
        known++;
      }
      return new ClusterExecutors(count(spark), spark.defaultParallelism());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ClusterExecutors(count(spark), spark.defaultParallelism());
    } finally {
      spark.removeSparkListener(arrivals);
    }
  }

  private static int count(SparkContext spark) {
    // The driver's own block manager is in the map, too.
    return spark.getExecutorMemoryStatus().size() - 1;
  }

  private static final class Arrivals extends SparkListener {
    private final BlockingQueue<String> executors = new LinkedBlockingQueue<>();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
      executors.add(added.executorId());
    }

    boolean another(long seconds) throws InterruptedException {
      return executors.poll(seconds, TimeUnit.SECONDS) != null;
    }
  }
}
