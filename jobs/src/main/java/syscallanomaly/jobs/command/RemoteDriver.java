package syscallanomaly.jobs.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BiFunction;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.jobs.run.RunFolder;

/**
 * A driver on another machine than the one where the user waits. Cluster managers report at most
 * whether the driver failed, so results, error messages and exit code travel through the run's
 * folder.
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
   * Runs a job on the driver's machine and writes its outcome into the run's folder. YARN starts a
   * failed driver a second time. If the job had ended by itself, it is not run again; if the driver
   * was killed, the job continues.
   *
   * @param job takes standard output and standard error
   */
  Ending run(BiFunction<PrintStream, PrintStream, Ending> job) {
    Optional<Outcome> earlier = earlier();
    if (earlier.isPresent()) {
      int exitCode = earlier.get().exitCode();
      err.println("The job has ended before, with exit code " + exitCode + "; it is not run again");
      return Ending.with(exitCode);
    }
    Outcome outcome = new Recorder(out, err).record(submission, job);
    try {
      outcome.write(folder);
      return Ending.with(outcome.exitCode());
    } catch (IOException e) {
      err.println(Secrets.masked("Cannot write " + folder.outcome() + ": " + e.getMessage()));
      return Ending.with(
          outcome.exitCode() == ExitCode.DONE ? ExitCode.FAILED : outcome.exitCode());
    }
  }

  private Optional<Outcome> earlier() {
    try {
      return Outcome.read(folder, submission);
    } catch (IOException e) {
      // The job itself meets the same problem of the workspace and reports it.
      return Optional.empty();
    }
  }

  /**
   * Prints, on the user's machine, what the job wrote to its outcome.
   *
   * @return how the job ended; {@link ExitCode#FAILED} if there is no outcome to read
   */
  Ending tell() {
    try {
      Optional<Outcome> noted = Outcome.read(folder, submission);
      if (noted.isPresent()) {
        out.print(noted.get().output());
        err.print(noted.get().complaints());
        return new Ending(noted.get().exitCode(), noted.get().figures());
      }
      err.println(
          "Cannot tell how the job ended: its driver wrote no outcome into "
              + folder.root()
              + ", because it was killed or never started; see the driver's log on the cluster");
    } catch (IOException e) {
      err.println(
          Secrets.masked(
              "Cannot tell how the job ended: "
                  + folder.outcome()
                  + " cannot be read from here: "
                  + e.getMessage()
                  + "; see the driver's log on the cluster"));
    }
    return Ending.with(ExitCode.FAILED);
  }
}
