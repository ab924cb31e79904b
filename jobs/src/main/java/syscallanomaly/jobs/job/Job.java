package syscallanomaly.jobs.job;

import syscallanomaly.jobs.run.JobContext;

/** A Spark application that the command line can start. */
public interface Job {
  /** The job's name on the command line. */
  String name();

  /** What the job does, in one line. */
  String description();

  /** Whether the job is part of a run, so that the table {@code runs} has a row about it. */
  boolean isPartOfRun();

  /** Does the work. Any exception ends the application. */
  void run(JobContext context) throws Exception;
}
