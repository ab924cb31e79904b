package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads and writes what one step of a run leaves for the next. */
final class StepOutput {
  private final JobContext context;

  StepOutput(JobContext context) {
    this.context = context;
  }

  /**
   * Reads a file that an earlier step wrote.
   *
   * @param step the step that writes the file
   * @throws UnusableInputException if the file is missing
   */
  byte[] require(Path file, StepName step) throws IOException {
    return context
        .folder()
        .read(file)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "Cannot read %s: the file is missing; run the %s step first"
                        .formatted(file, step.label())));
  }

  Vocabulary vocabulary() throws IOException {
    byte[] json = require(context.folder().vocabulary(), StepName.VOCABULARY);
    return Advice.adding(
        "run the vocabulary step again",
        () -> Vocabulary.fromJson(new String(json, StandardCharsets.UTF_8)));
  }

  /**
   * Requires that the sequences of this run were made from the same traces, vocabulary and
   * configuration that this step has.
   *
   * @param vocabulary vocabulary of this run
   * @param step the step that needs the sequences, for the message
   * @return what the sequences were made from
   */
  Provenance requireSameWindows(Vocabulary vocabulary, StepName step) throws IOException {
    Provenance now =
        Provenance.of(
            context,
            vocabulary.hash(),
            context.manifest().acceptedTraces().getOrDefault(Split.TRAINING, ""));
    new WindowsFolder(context).published().provenance().require(now, step);
    return now;
  }
}
