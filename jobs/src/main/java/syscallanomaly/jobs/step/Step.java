package syscallanomaly.jobs.step;

import java.util.List;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.UnusableWorkspaceException;

/**
 * One step of a run. It reads the output of the steps before it from the run's folder, and replaces
 * its own output there and nothing else.
 */
public interface Step {
  StepName name();

  /** Whether the step belongs to a run, so that the table {@code runs} tells how it ended. */
  default boolean isPartOfRun() {
    return true;
  }

  /** Whether the step reads the training, validation or attack traces. */
  default boolean readsCorpus() {
    return true;
  }

  /** Whether the step trains the network. */
  default boolean trains() {
    return false;
  }

  /** What the configuration lacks for this step, one line each; empty if nothing. */
  default List<String> missing(Configuration configuration) {
    return List.of();
  }

  /**
   * Checks, before Spark starts, that the step can work in a run's folder.
   *
   * @throws UnusableWorkspaceException if it cannot
   */
  default void requireSuited(RunFolder folder) throws UnusableWorkspaceException {}

  /**
   * Does the step's work.
   *
   * @throws syscallanomaly.trace.UnusableInputException if the input or the output of an earlier
   *     step cannot be used
   */
  void run(JobContext context) throws Exception;
}
