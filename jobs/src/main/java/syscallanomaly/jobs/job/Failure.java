package syscallanomaly.jobs.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.trace.UnusableInputException;

/** What a failure says to people. */
public final class Failure {
  private static final int LONGEST_REASON = 500;

  private Failure() {}

  /** The complaint about unusable input that is at the bottom of a failure, be it on a worker. */
  public static Optional<UnusableInputException> unusableInput(Throwable failure) {
    return Optional.ofNullable(
        ExceptionUtils.throwableOfType(failure, UnusableInputException.class));
  }

  /** One line: what went wrong, without secrets. */
  public static String reason(Throwable failure) {
    Throwable told =
        unusableInput(failure)
            .<Throwable>map(input -> input)
            .orElseGet(
                () -> Optional.ofNullable(ExceptionUtils.getRootCause(failure)).orElse(failure));
    boolean speaksForItself = told instanceof UnusableInputException;
    String message = told.getMessage() == null ? "" : told.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    String kind = told.getClass().getSimpleName();
    String reason = speaksForItself ? line : line.isEmpty() ? kind : kind + ": " + line;
    String masked = Secrets.masked(reason);
    return masked.length() <= LONGEST_REASON ? masked : masked.substring(0, LONGEST_REASON) + "...";
  }

  /** The stack trace, without secrets. */
  public static String details(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return Secrets.masked(text.toString());
  }
}
