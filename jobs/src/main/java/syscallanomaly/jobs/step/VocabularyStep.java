package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.vocabulary.VocabularyBuilder;

/** Training traces to {@code vocabulary.json}. */
final class VocabularyStep implements Step {
  @Override
  public StepName name() {
    return StepName.VOCABULARY;
  }

  @Override
  public void run(JobContext context) throws IOException {
    TraceSet training = new RunTraces(context).read(Split.TRAINING);
    training.requireUsable();
    Vocabulary vocabulary =
        VocabularyBuilder.build(training.traces(), context.configuration().vocabulary());
    context
        .folder()
        .writeAtomically(
            context.folder().vocabulary(), vocabulary.toJson().getBytes(StandardCharsets.UTF_8));
  }
}
