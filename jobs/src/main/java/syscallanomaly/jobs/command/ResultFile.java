package syscallanomaly.jobs.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.trace.file.FileSystemRefusal;

/**
 * A file on the user's machine that tells another program how a job ended, wherever the run's
 * folder is.
 */
final class ResultFile {
  private final Path file;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param file holds an {@link Outcome} as JSON when the job has ended
   * @param out receives results
   * @param err receives error messages
   */
  ResultFile(Path file, PrintStream out, PrintStream err) {
    this.file = file;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs a job and writes the file. Until the job has ended, the file is empty.
   *
   * @param job takes standard output and standard error
   * @return one of {@link ExitCode}
   */
  int of(BiFunction<PrintStream, PrintStream, Ending> job) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return cannotWrite("there is no folder " + folder, ExitCode.WRONG_USE);
    }
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      return cannotWrite(FileSystemRefusal.reason(e), ExitCode.WRONG_USE);
    }
    Outcome outcome = new Recorder(out, err).record("", job);
    try {
      Files.write(file, outcome.json());
      return outcome.exitCode();
    } catch (IOException e) {
      return cannotWrite(
          FileSystemRefusal.reason(e),
          outcome.exitCode() == ExitCode.DONE ? ExitCode.FAILED : outcome.exitCode());
    }
  }

  private int cannotWrite(String reason, int exitCode) {
    err.println(
        Secrets.masked(
            "Cannot write the result to %s: %s; give --result a file in a folder that can be written"
                .formatted(file, reason)));
    return exitCode;
  }
}
