package syscallanomaly.jobs.run;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.warehouse.MetricTables;

/**
 * What a job works with.
 *
 * @param configuration the embedded sample, if that is what {@code traces.root} names, already
 *     stands as its place in the workspace
 * @param tables the metric tables of all runs
 * @param workers Spark tasks that train side by side
 * @param summary lines for standard output when the job is done
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

  /**
   * Shows the Spark tasks of the jobs that follow as the progress of a piece of work, until it is
   * closed.
   */
  public SparkTaskProgress showTasks(String name) {
    return SparkTaskProgress.start(spark.sparkContext(), progress, name);
  }
}
