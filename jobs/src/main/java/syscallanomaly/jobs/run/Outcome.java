package syscallanomaly.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Optional;

/**
 * How a job ended whose driver ran on another machine than its caller waits on.
 *
 * @param submission tells this job from others on the same run
 * @param exitCode what the program returned
 * @param output what it printed: results, a line each
 * @param complaints what it printed on standard error, without progress
 */
public record Outcome(String submission, int exitCode, String output, String complaints) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Writes {@link RunFolder#outcome}. */
  public void write(RunFolder folder) throws IOException {
    folder.writeAtomically(folder.outcome(), JSON.writeValueAsBytes(this));
  }

  /** The outcome of a submission; empty where the folder has none, or that of another one. */
  public static Optional<Outcome> read(RunFolder folder, String submission) throws IOException {
    Optional<byte[]> content = folder.read(folder.outcome());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(content.get(), Outcome.class))
        .filter(outcome -> outcome.submission().equals(submission));
  }
}
