package syscallanomaly.jobs.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * Shows the progress of work that does not count by itself: the tasks that Spark has finished.
 * Spark announces the tasks of one job at a time, so the percentage falls when the next job starts.
 */
public final class SparkTaskProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTaskProgress.class);
  private static final String MARK = "syscallanomaly.progress";
  private static final long PATIENCE_MILLIS = 5000;

  private final SparkContext spark;
  private final StepProgress progress;
  private final Listener listener;

  private SparkTaskProgress(SparkContext spark, StepProgress progress, String name) {
    this.spark = spark;
    this.progress = progress;
    this.listener = new Listener(progress, name);
  }

  /**
   * Counts the tasks of the Spark jobs that this thread, or a thread that it starts, submits from
   * now on.
   *
   * @param spark the Spark application
   * @param progress shows the tasks
   * @param name what is being done; no other work at the same time may have this name
   */
  public static SparkTaskProgress start(SparkContext spark, Progress progress, String name) {
    SparkTaskProgress tasks = new SparkTaskProgress(spark, progress.start(name, "tasks", 0), name);
    spark.addSparkListener(tasks.listener);
    spark.setLocalProperty(MARK, name);
    return tasks;
  }

  @Override
  public void close() {
    spark.setLocalProperty(MARK, null);
    try {
      // Spark reports tasks a little after they are done.
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException e) {
      LOG.debug("The last tasks are missing from the display", e);
    } finally {
      spark.removeSparkListener(listener);
      progress.close();
    }
  }

  /** Counts tasks. It needs no lock, because Spark calls a listener from one thread. */
  private static final class Listener extends SparkListener {
    private final StepProgress progress;
    private final String name;
    private final Map<Integer, Integer> jobOfStage = new HashMap<>();
    private final Map<Integer, Long> openTasks = new HashMap<>();
    private long total;

    Listener(StepProgress progress, String name) {
      this.progress = progress;
      this.name = name;
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      Properties properties = start.properties();
      if (properties == null || !name.equals(properties.getProperty(MARK))) {
        return;
      }
      long tasks = 0;
      for (StageInfo stage : JavaConverters.seqAsJavaList(start.stageInfos())) {
        jobOfStage.put(stage.stageId(), start.jobId());
        tasks += stage.numTasks();
      }
      openTasks.put(start.jobId(), tasks);
      expect(tasks);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      Integer job = jobOfStage.get(end.stageId());
      if (job != null && end.reason() == Success$.MODULE$) {
        openTasks.merge(job, -1L, Long::sum);
        progress.advance(1);
      }
    }

    /** Skips the tasks that never ran, because the output of their stage existed already. */
    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      Long open = openTasks.remove(end.jobId());
      if (open != null) {
        jobOfStage.values().removeIf(job -> job == end.jobId());
        // The tasks that a failed job leaves are not done.
        expect(end.jobResult() == JobSucceeded$.MODULE$ ? -open : 0);
      }
    }

    private void expect(long more) {
      total += more;
      progress.expect(total);
    }
  }
}
