package syscallanomaly.jobs.job;

import syscallanomaly.jobs.step.JobContext;

/** A Spark application. */
public interface Job {
  /** The name on the command line. */
  String name();

  /** What it does, in one line. */
  String description();

  /** Does the work; whatever it throws ends the application. */
  void run(JobContext context) throws Exception;
}
