package syscallanomaly.jobs.job;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;

/** The jobs of the command line. */
public final class Jobs {
  /** The job that runs where none is named. */
  public static final String DEFAULT = "pipeline";

  private final List<Job> jobs;

  /**
   * @param steps what the jobs are made of; a job that lacks one of its steps is not offered
   */
  public Jobs(List<Step> steps) {
    Map<StepName, Step> byName = new EnumMap<>(StepName.class);
    steps.forEach(step -> byName.put(step.name(), step));
    this.jobs =
        Stream.<Optional<Job>>of(
                job(
                    byName,
                    DEFAULT,
                    "vocabulary, windows, train and score in one application",
                    StepName.values()),
                job(
                    byName,
                    StepName.VOCABULARY.label(),
                    "which calls there are, from the training traces",
                    StepName.VOCABULARY),
                job(
                    byName,
                    StepName.WINDOWS.label(),
                    "cuts the traces into n-gram windows",
                    StepName.WINDOWS),
                job(
                    byName,
                    StepName.TRAIN.label(),
                    "trains the network on the windows",
                    StepName.TRAIN),
                job(
                    byName,
                    StepName.SCORE.label(),
                    "scores the test traces; writes metric tables and report",
                    StepName.SCORE),
                Optional.of(new BenchmarkJob()))
            .flatMap(Optional::stream)
            .toList();
  }

  /** All jobs, in the order in which help lists them. */
  public List<Job> all() {
    return jobs;
  }

  /** The job of this name. */
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
