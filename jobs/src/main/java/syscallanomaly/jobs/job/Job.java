package syscallanomaly.jobs.job;

import syscallanomaly.jobs.run.JobContext;

/** A Spark application. */
public interface Job {
  /** The name on the command line. */
  String name();

  /** What it does, in one line. */
  String description();

  /** Whether it does a part of a run, which the metric tables tell of. */
  boolean isPartOfRun();

  /** Does the work; whatever it throws ends the application. */
  void run(JobContext context) throws Exception;
}
