package syscallanomaly.jobs;

import java.time.InstantSource;
import syscallanomaly.jobs.command.CommandLineProgram;
import syscallanomaly.jobs.command.ExitCode;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.step.Steps;

/** The class that spark-submit starts. */
public final class Main {
  private Main() {}

  /** Runs the command line. If it fails, the process ends with one of {@link ExitCode}. */
  public static void main(String[] args) {
    LogSettings.applyUnlessChosen();
    int code =
        new CommandLineProgram(
                new Jobs(Steps.all()), System.out, System.err, InstantSource.system())
            .run(args);
    // YARN counts an application as failed if its driver calls exit, whatever the exit code is.
    if (code != ExitCode.DONE) {
      System.exit(code);
    }
  }
}
