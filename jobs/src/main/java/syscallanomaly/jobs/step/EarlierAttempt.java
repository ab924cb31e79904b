package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.trace.Split;

/**
 * Finds the steps that an interrupted attempt at a run has done, so that they are not repeated.
 *
 * <p>A step counts as done if the manifest says so, and if configuration, program version and input
 * have not changed since. A job of one step always runs it. A complete run is run again from the
 * first step.
 */
public final class EarlierAttempt {
  private final JobContext context;
  private final List<Step> steps;

  private EarlierAttempt(JobContext context, List<Step> steps) {
    this.context = context;
    this.steps = steps;
  }

  /** The earlier attempt at a job's steps. */
  public static EarlierAttempt of(JobContext context, List<Step> steps) {
    return new EarlierAttempt(context, steps);
  }

  /**
   * The steps that are left to do. This also tells the user which steps were done before, or why
   * all of them run again.
   */
  public List<Step> stepsLeft() throws IOException {
    List<Step> done = stepsDone();
    if (done.isEmpty() || done.size() == steps.size() || steps.size() == 1) {
      return steps;
    }
    Optional<String> change = change(done);
    if (change.isPresent()) {
      say(done, "done before, but the " + change.get() + " changed since; all steps run again");
      return steps;
    }
    say(done, "done before");
    return steps.subList(done.size(), steps.size());
  }

  private List<Step> stepsDone() throws IOException {
    List<Step> done = new ArrayList<>();
    for (Step step : steps) {
      if (!context.manifest().state(step.name()).equals(Optional.of(StepState.DONE))) {
        break;
      }
      done.add(step);
    }
    return done;
  }

  private Optional<String> change(List<Step> done) throws IOException {
    Manifest manifest = context.manifest();
    for (Step step : done) {
      Optional<String> change = manifest.changedSince(step.name());
      if (change.isPresent()) {
        return change.map(what -> what + " has");
      }
    }
    RunTraces traces = new RunTraces(context);
    for (Split split : manifest.fingerprints().keySet()) {
      if (!traces.isAsNoted(split)) {
        return Optional.of(split.label() + " traces have");
      }
    }
    return Optional.empty();
  }

  private void say(List<Step> done, String what) {
    String names = String.join(", ", done.stream().map(step -> step.name().label()).toList());
    context.progress().say(names + ": " + what);
  }
}
