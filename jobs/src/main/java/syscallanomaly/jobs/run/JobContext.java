package syscallanomaly.jobs.run;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.SyscallAnomaly;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.score.fitted.WorkProgress;
import syscallanomaly.warehouse.MetricTables;

/**
 * Everything that a job works with.
 *
 * @param spark the Spark session
 * @param configuration the configuration of the run; if {@code traces.root} names the embedded
 *     sample, it is replaced by the sample's path in the workspace
 * @param folder the folder of the run
 * @param manifest the manifest of the run
 * @param progress shows progress and messages
 * @param tables the metric tables of all runs
 * @param workers number of Spark tasks that train in parallel
 * @param summary receives the lines that standard output shows when the job is done
 */
public record JobContext(
    SparkSession spark,
    Configuration configuration,
    RunFolder folder,
    Manifest manifest,
    Progress progress,
    MetricTables tables,
    int workers,
    Summary summary) {

  /** Returns the library, set up as the run's configuration says. */
  public SyscallAnomaly library() {
    return configuration.library(spark);
  }

  /**
   * Shows the Spark tasks of the following jobs as the progress of one piece of work.
   *
   * @param name what is being done
   * @return the display; closing it ends the piece of work
   */
  public SparkTaskProgress showTasks(String name) {
    return SparkTaskProgress.start(spark.sparkContext(), progress, name);
  }

  /**
   * Shows each piece of work as {@link #showTasks} does.
   *
   * @param step what the pieces belong to, for instance {@code fit}
   */
  public WorkProgress showWork(String step) {
    return what -> showTasks(step + ", " + what)::close;
  }
}
