package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.Map;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Makes the sequences that the model learns from. It reads the traces and writes {@code windows/},
 * its list of rejects and the table {@code data_profile}. If the model reads whole traces, each
 * trace is one sequence.
 */
final class WindowsStep implements Step {
  @Override
  public StepName name() {
    return StepName.WINDOWS;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Vocabulary vocabulary = new StepOutput(context).vocabulary();
    Map<Split, TraceSet> splits =
        new RunTraces(context).read(name(), Split.TRAINING, Split.VALIDATION, Split.ATTACK);
    TraceSet training = splits.get(Split.TRAINING);
    try (SparkTaskProgress shown = context.showTasks(name().label())) {
      new WindowsFolder(context)
          .replace(
              context.library().sequences(training.traces(), vocabulary),
              Provenance.of(context, vocabulary.hash(), training.contentFingerprint()));
      RunProfiles.of(context, vocabulary, context.library().cutter(vocabulary), splits).publish();
    }
  }
}
