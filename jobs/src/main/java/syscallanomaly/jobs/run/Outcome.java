package syscallanomaly.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How a job ended, for those who do not see its terminal: a user who waits on another machine than
 * the driver's, or a program.
 *
 * @param submission name that distinguishes this job from other jobs on the same run; empty if it
 *     was not submitted to a cluster
 * @param exitCode exit code of the program
 * @param output what the program printed as results
 * @param complaints what the program printed on standard error, without progress
 * @param figures what the job told programs: numbers, texts and truth values by name
 */
public record Outcome(
    String submission,
    int exitCode,
    String output,
    String complaints,
    Map<String, Object> figures) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Returns this outcome as a JSON object. */
  public byte[] json() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Writes this outcome to {@link RunFolder#outcome}. */
  public void write(RunFolder folder) throws IOException {
    folder.writeAtomically(folder.outcome(), json());
  }

  /**
   * Reads the outcome of a submission; empty if the folder has none, or has that of another
   * submission.
   */
  public static Optional<Outcome> read(RunFolder folder, String submission) throws IOException {
    Optional<byte[]> content = folder.read(folder.outcome());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(content.get(), Outcome.class))
        .filter(outcome -> outcome.submission().equals(submission));
  }
}
