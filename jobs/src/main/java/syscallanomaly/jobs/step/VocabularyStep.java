package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads the training traces and writes {@code vocabulary.json} and its list of rejects. */
final class VocabularyStep implements Step {
  @Override
  public StepName name() {
    return StepName.VOCABULARY;
  }

  @Override
  public void run(JobContext context) throws IOException {
    TraceSet training = new RunTraces(context).read(name(), Split.TRAINING).get(Split.TRAINING);
    try (SparkTaskProgress shown = context.showTasks(name().label())) {
      Vocabulary vocabulary = context.library().vocabulary(training.traces());
      context
          .folder()
          .writeAtomically(
              context.folder().vocabulary(), vocabulary.toJson().getBytes(StandardCharsets.UTF_8));
    }
  }
}
