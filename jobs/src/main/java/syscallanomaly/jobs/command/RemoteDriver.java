package syscallanomaly.jobs.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.apache.commons.io.output.TeeOutputStream;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.jobs.run.RunFolder;

/**
 * A driver on another machine than the person who waits: what it says at the end travels through
 * the run's folder, since cluster managers hand on at most whether it failed.
 */
final class RemoteDriver {
  private final RunFolder folder;
  private final String submission;
  private final PrintStream out;
  private final PrintStream err;

  RemoteDriver(RunFolder folder, String submission, PrintStream out, PrintStream err) {
    this.folder = folder;
    this.submission = submission;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs a job, and notes how it ended. YARN starts a driver again that has failed: a job that has
   * ended by itself is left at that, one whose driver was killed goes on.
   *
   * @param job takes standard output and standard error, and returns one of {@link ExitCode}
   */
  int run(ToIntBiFunction<PrintStream, PrintStream> job) {
    Optional<Outcome> earlier = earlier();
    if (earlier.isPresent()) {
      int exitCode = earlier.get().exitCode();
      err.println("The job has ended before, with exit code " + exitCode + "; not run again");
      return exitCode;
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int exitCode = job.applyAsInt(both(out, output), both(err, complaints));
    try {
      new Outcome(submission, exitCode, text(output), text(complaints)).write(folder);
      return exitCode;
    } catch (IOException e) {
      err.println(Secrets.masked("Cannot write " + folder.outcome() + ": " + e.getMessage()));
      return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
    }
  }

  private Optional<Outcome> earlier() {
    try {
      return Outcome.read(folder, submission);
    } catch (IOException e) {
      // Whatever is wrong with the workspace, the job itself finds and says.
      return Optional.empty();
    }
  }

  /** Tells here how the job ended there. */
  int tell() {
    try {
      Optional<Outcome> noted = Outcome.read(folder, submission);
      if (noted.isPresent()) {
        out.print(noted.get().output());
        err.print(noted.get().complaints());
        return noted.get().exitCode();
      }
      err.println(
          "Cannot tell how the job ended: its driver left no word in "
              + folder.root()
              + "; it was killed or never started, see the driver's log on the cluster");
    } catch (IOException e) {
      err.println(
          Secrets.masked(
              "Cannot tell how the job ended: "
                  + folder.outcome()
                  + " cannot be read from here: "
                  + e.getMessage()
                  + "; see the driver's log on the cluster"));
    }
    return ExitCode.FAILED;
  }

  private static PrintStream both(OutputStream shown, OutputStream noted) {
    return new PrintStream(
        new TeeOutputStream(shown, noted), /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
