package syscallanomaly.jobs.job;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkContext;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.UnusableWorkspaceException;
import syscallanomaly.jobs.step.EarlierAttempt;
import syscallanomaly.jobs.step.Step;

/**
 * A job that runs steps one after another on a run's folder and records them in the manifest. After
 * an interruption, a job of several steps continues behind the steps that are done.
 *
 * @param name the job's name on the command line
 * @param description what the job does, in one line
 * @param steps the steps in the order in which they run
 */
record StepsJob(String name, String description, List<Step> steps) implements Job {

  @Override
  public boolean isPartOfRun() {
    return steps.stream().anyMatch(Step::isPartOfRun);
  }

  @Override
  public boolean readsCorpus() {
    return steps.stream().anyMatch(Step::readsCorpus);
  }

  @Override
  public boolean trains() {
    return steps.stream().anyMatch(Step::trains);
  }

  @Override
  public List<String> missing(Configuration configuration) {
    return steps.stream().flatMap(step -> step.missing(configuration).stream()).toList();
  }

  @Override
  public void requireSuited(RunFolder folder) throws UnusableWorkspaceException {
    for (Step step : steps) {
      step.requireSuited(folder);
    }
  }

  @Override
  public void run(JobContext context) throws Exception {
    for (Step step : EarlierAttempt.of(context, steps).stepsLeft()) {
      run(step, context);
    }
  }

  private static void run(Step step, JobContext context) throws Exception {
    StepName name = step.name();
    Manifest manifest = context.manifest();
    SparkContext spark = context.spark().sparkContext();
    manifest.start(name);
    try (Interruption interruption = Interruption.of(manifest, name)) {
      spark.setJobGroup(name.label(), name.label() + " of run " + context.folder().runId(), false);
      try {
        step.run(context);
      } catch (Throwable e) {
        if (!interruption.hasHappened()) {
          noteFailure(manifest, name, DyingThreads.causeOf(e));
        }
        throw e;
      } finally {
        spark.clearJobGroup();
      }
      manifest.finish(name);
    }
  }

  private static void noteFailure(Manifest manifest, StepName name, Throwable failure) {
    try {
      manifest.fail(name, Failure.reason(failure));
    } catch (IOException | RuntimeException | FSError again) {
      failure.addSuppressed(again);
    }
  }
}
