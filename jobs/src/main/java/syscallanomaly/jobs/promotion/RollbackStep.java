package syscallanomaly.jobs.promotion;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.CurrentDetector;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.ModelsFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;
import syscallanomaly.score.fitted.DetectorFolder;
import syscallanomaly.trace.UnusableInputException;

/**
 * Takes the detector into use again that was in use before this one. The one in use now is no
 * longer named, and the next promotion deletes its copy. It writes {@code models/current}, {@code
 * promotion.json} and the table {@code promotions}.
 *
 * <p>A job that is given again with the same run.id goes back no further.
 */
public final class RollbackStep implements Step {
  @Override
  public StepName name() {
    return StepName.ROLLBACK;
  }

  @Override
  public boolean isPartOfRun() {
    return false;
  }

  @Override
  public boolean readsCorpus() {
    return false;
  }

  @Override
  public void run(JobContext context) throws IOException {
    try (DetectorInUse inUse = DetectorInUse.take(context)) {
      ModelsFolder models = inUse.models();
      CurrentDetector current = current(models);
      String run = context.folder().runId();
      if (current.action().equals(name().label()) && current.job().equals(run)) {
        sayThatItIsDone(inUse, current);
        return;
      }
      if (current.history().isEmpty()) {
        throw new UnusableInputException(
            "Cannot go back: %s names no detector before that of run %s; promote another run instead"
                .formatted(models.file(), current.detector().run()));
      }
      CurrentDetector.Promoted before = current.history().get(0);
      requireWhole(context, models.folder(before));
      String at = DetectorInUse.now();
      Decision decision =
          new Decision(
              name().label(),
              true,
              at,
              run,
              current.detector().run(),
              before.run(),
              before.hash(),
              "Rolled back: the detector of run %s is in use again, in place of that of run %s"
                  .formatted(before.run(), current.detector().run()),
              List.of());
      decision.write(context.folder());
      models.rollBack(current, run, at);
      inUse.writeRows(decision);
      inUse.show(decision);
    }
  }

  private static CurrentDetector current(ModelsFolder models) throws IOException {
    return models
        .current()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "Cannot go back: no detector was promoted yet, there is no %s; run the job promote first"
                        .formatted(models.file())));
  }

  private static void requireWhole(JobContext context, Path folder) throws IOException {
    new DetectorFolder(context.spark(), folder).verify();
  }

  /** Writes the rows again, because an attempt before may have ended without them. */
  private static void sayThatItIsDone(DetectorInUse inUse, CurrentDetector current)
      throws IOException {
    Optional<Decision> before =
        Decision.read(inUse.context().folder())
            .filter(decision -> decision.putIntoUse(StepName.ROLLBACK, current.detector().hash()));
    before.ifPresent(inUse::writeRows);
    inUse
        .context()
        .summary()
        .add(
            "The job %s has gone back to the detector of run %s before, at %s; nothing is changed"
                .formatted(current.job(), current.detector().run(), current.decidedAt()));
  }
}
