package syscallanomaly.jobs.step;

import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;

/**
 * One step of a run. It reads the output of the steps before it from the run's folder, and replaces
 * its own output there and nothing else.
 */
public interface Step {
  StepName name();

  /**
   * Does the step's work.
   *
   * @throws syscallanomaly.trace.UnusableInputException if the input or the output of an earlier
   *     step cannot be used
   */
  void run(JobContext context) throws Exception;
}
