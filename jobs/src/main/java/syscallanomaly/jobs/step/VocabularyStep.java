package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads the training traces and writes {@code vocabulary.json}. */
final class VocabularyStep implements Step {
  @Override
  public StepName name() {
    return StepName.VOCABULARY;
  }

  @Override
  public void run(JobContext context) throws IOException {
    try (SparkTaskProgress shown = context.showTasks(name().label())) {
      make(context);
    }
  }

  private static void make(JobContext context) throws IOException {
    TraceSet training = new RunTraces(context).read(Split.TRAINING);
    new StepOutput(context).keepRejects(List.of(training));
    ConfiguredTraces.requireUsable(training);
    Vocabulary vocabulary = context.library().vocabulary(training.traces());
    context
        .folder()
        .writeAtomically(
            context.folder().vocabulary(), vocabulary.toJson().getBytes(StandardCharsets.UTF_8));
  }
}
