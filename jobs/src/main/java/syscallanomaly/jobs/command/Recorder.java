package syscallanomaly.jobs.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.apache.commons.io.output.TeeOutputStream;
import syscallanomaly.jobs.run.Outcome;

/**
 * Keeps what a job prints, in addition to showing it.
 *
 * @param out shows results
 * @param err shows error messages
 */
record Recorder(PrintStream out, PrintStream err) {

  /**
   * Runs a job.
   *
   * @param submission name of the job's submission to a cluster; empty if there is none
   * @param job takes standard output and standard error
   */
  Outcome record(String submission, BiFunction<PrintStream, PrintStream, Ending> job) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    Ending ending = job.apply(both(out, output), both(err, complaints));
    return new Outcome(
        submission, ending.exitCode(), text(output), text(complaints), ending.figures());
  }

  private static PrintStream both(OutputStream shown, OutputStream noted) {
    return new PrintStream(
        new TeeOutputStream(shown, noted), /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
