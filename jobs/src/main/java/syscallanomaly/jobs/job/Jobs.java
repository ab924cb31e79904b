package syscallanomaly.jobs.job;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import syscallanomaly.jobs.promotion.PromoteStep;
import syscallanomaly.jobs.promotion.RollbackStep;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;

/** The jobs that the command line offers. */
public final class Jobs {
  /** The job that runs if the command line names none. */
  public static final String DEFAULT = "pipeline";

  private final List<Job> jobs;

  /**
   * Makes the jobs.
   *
   * @param steps the steps that jobs consist of; a job is left out if one of its steps is missing
   */
  public Jobs(List<Step> steps) {
    Map<StepName, Step> byName = new EnumMap<>(StepName.class);
    steps.forEach(step -> byName.put(step.name(), step));
    this.jobs =
        Stream.<Optional<Job>>of(
                job(
                    byName,
                    DEFAULT,
                    "runs vocabulary, windows, train, fit and score in one application",
                    StepName.VOCABULARY,
                    StepName.WINDOWS,
                    StepName.TRAIN,
                    StepName.FIT,
                    StepName.SCORE),
                job(
                    byName,
                    StepName.VOCABULARY.label(),
                    "builds the vocabulary from the training traces",
                    StepName.VOCABULARY),
                job(
                    byName,
                    StepName.WINDOWS.label(),
                    "cuts the traces into n-gram windows",
                    StepName.WINDOWS),
                job(
                    byName,
                    StepName.TRAIN.label(),
                    "trains the network on the windows or on whole traces",
                    StepName.TRAIN),
                job(
                    byName,
                    StepName.FIT.label(),
                    "fits and calibrates the detectors, and writes them into one folder",
                    StepName.FIT),
                job(
                    byName,
                    StepName.SCORE.label(),
                    "scores the test traces; writes metric tables and report",
                    StepName.SCORE),
                job(
                    byName,
                    StepName.DETECT.label(),
                    "judges traces of unknown kind with a fitted detector, in a run of its own",
                    StepName.DETECT),
                Optional.of(
                    new StepsJob(
                        StepName.PROMOTE.label(),
                        "takes the detector of the run run.id into use, if it passes its gates",
                        List.of(new PromoteStep()))),
                Optional.of(
                    new StepsJob(
                        StepName.ROLLBACK.label(),
                        "takes the detector into use again that was in use before this one",
                        List.of(new RollbackStep()))),
                Optional.of(new ExportJob()),
                Optional.of(new CleanJob()),
                Optional.of(new BenchmarkJob()))
            .flatMap(Optional::stream)
            .toList();
  }

  /** All jobs, in the order in which the help lists them. */
  public List<Job> all() {
    return jobs;
  }

  /** Returns the job of this name; empty if there is none. */
  public Optional<Job> named(String name) {
    return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
  }

  private static Optional<Job> job(
      Map<StepName, Step> steps, String name, String description, StepName... needed) {
    List<StepName> names = Arrays.asList(needed);
    return steps.keySet().containsAll(names)
        ? Optional.of(new StepsJob(name, description, names.stream().map(steps::get).toList()))
        : Optional.empty();
  }
}
