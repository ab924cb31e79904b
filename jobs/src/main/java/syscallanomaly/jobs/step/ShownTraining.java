package syscallanomaly.jobs.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import syscallanomaly.jobs.checkpoint.CheckpointFile;
import syscallanomaly.jobs.progress.StepProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainingProgress;

/** Shows the progress of each epoch of a training. */
class ShownTraining implements TrainingProgress, AutoCloseable {
  private final JobContext context;
  private final String name;
  private StepProgress shown;

  /**
   * @param name what is being trained
   */
  ShownTraining(JobContext context, String name) {
    this.context = context;
    this.name = name;
  }

  /** The progress of the run's own training, which keeps the model of each epoch. */
  static ShownTraining keepingModels(JobContext context) {
    RunFolder folder = context.folder();
    return new ShownTraining(context, "train") {
      @Override
      public void epochEnded(EpochResult result, Supplier<byte[]> model) {
        super.epochEnded(result, model);
        try {
          folder.writeAtomically(
              CheckpointFile.ofModel(folder.checkpoints(), result.epoch()).path(), model.get());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Override
  public void epochStarted(int epoch, long sequences) {
    if (sequences == 0) {
      return;
    }
    int epochs = context.configuration().training().epochs();
    shown =
        context
            .progress()
            .start(
                "%s, epoch %d of at most %d".formatted(name, epoch, epochs),
                context.configuration().readsTraces() ? "traces" : "windows",
                sequences);
  }

  @Override
  public void roundEnded(int epoch, long sequences) {
    shown.advance(sequences);
  }

  @Override
  public void epochEnded(EpochResult result, Supplier<byte[]> model) {
    close();
    context
        .progress()
        .say(
            "%sepoch %d: loss %.4f, accuracy %.4f; held-out loss %.4f, accuracy %.4f"
                .formatted(
                    name.equals("train") ? "" : name + ", ",
                    result.epoch(),
                    result.loss(),
                    result.accuracy(),
                    result.heldOutLoss(),
                    result.heldOutAccuracy()));
  }

  @Override
  public void close() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }
}
