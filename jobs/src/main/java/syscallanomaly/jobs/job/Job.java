package syscallanomaly.jobs.job;

import java.util.List;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.UnusableWorkspaceException;

/** A Spark application that the command line can start. */
public interface Job {
  /** The job's name on the command line. */
  String name();

  /** What the job does, in one line. */
  String description();

  /** Whether the job is part of a run, so that the table {@code runs} has a row about it. */
  boolean isPartOfRun();

  /** Whether the job reads the training, validation or attack traces. */
  default boolean readsCorpus() {
    return true;
  }

  /** Whether the job trains the network. */
  default boolean trains() {
    return false;
  }

  /**
   * Whether the job works in the folder of a run, which it holds meanwhile. A job without one works
   * on the workspace or its metric tables; {@code run.id} makes no folder for it.
   */
  default boolean hasRunFolder() {
    return true;
  }

  /** What the configuration lacks for this job, one line each; empty if nothing. */
  default List<String> missing(Configuration configuration) {
    return List.of();
  }

  /**
   * Checks, before Spark starts, that the job can work in a run's folder.
   *
   * @throws UnusableWorkspaceException if it cannot
   */
  default void requireSuited(RunFolder folder) throws UnusableWorkspaceException {}

  /** Does the work. Any exception ends the application. */
  void run(JobContext context) throws Exception;
}
