package syscallanomaly.jobs;

import java.time.InstantSource;
import syscallanomaly.jobs.command.CommandLineProgram;
import syscallanomaly.jobs.command.ExitCode;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.step.Steps;

/** Where spark-submit enters. */
public final class Main {
  private Main() {}

  /** Ends with one of {@link ExitCode}. */
  public static void main(String[] args) {
    LogSettings.applyUnlessChosen();
    int code =
        new CommandLineProgram(
                new Jobs(Steps.all()), System.out, System.err, InstantSource.system())
            .run(args);
    // On YARN, an application whose driver exits by itself counts as failed, whatever the code.
    if (code != ExitCode.DONE) {
      System.exit(code);
    }
  }
}
