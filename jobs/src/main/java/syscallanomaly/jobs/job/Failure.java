package syscallanomaly.jobs.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.InUseException;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.VisibleText;
import syscallanomaly.train.DivergedTrainingException;

/** Turns a failure into text for the user. */
public final class Failure {
  private static final int LONGEST_REASON = 500;
  private static final List<String> FULL =
      List.of("No space left on device", "File too large", "Disk quota exceeded");

  private Failure() {}

  /**
   * Returns the exception about unusable input that caused a failure, even if a worker threw it, or
   * one about a damaged file of an earlier step.
   */
  public static Optional<UnusableInputException> unusableInput(Throwable failure) {
    return Optional.ofNullable(
            ExceptionUtils.throwableOfType(failure, UnusableInputException.class))
        .or(() -> DamagedFile.of(failure));
  }

  /**
   * Returns one line that says what went wrong, with secrets masked and control characters escaped.
   */
  public static String reason(Throwable failure) {
    String masked = VisibleText.of(Secrets.masked(unmaskedReason(failure)));
    return masked.length() <= LONGEST_REASON ? masked : masked.substring(0, LONGEST_REASON) + "...";
  }

  /** Whether the message of the failure is complete, so that the user needs no details. */
  public static boolean speaksForItself(Throwable failure) {
    return complaint(failure).isPresent();
  }

  private static Optional<Throwable> complaint(Throwable failure) {
    return unusableInput(failure)
        .<Throwable>map(input -> input)
        .or(
            () ->
                Stream.of(InUseException.class, DivergedTrainingException.class)
                    .<Throwable>map(type -> ExceptionUtils.throwableOfType(failure, type))
                    .filter(Objects::nonNull)
                    .findFirst());
  }

  private static String unmaskedReason(Throwable failure) {
    Optional<Throwable> complaint = complaint(failure);
    if (complaint.isPresent()) {
      return firstLine(complaint.get());
    }
    Optional<String> shortage = MemoryShortage.reason(failure);
    if (shortage.isPresent()) {
      return shortage.get();
    }
    Throwable root = root(failure);
    String line = firstLine(root);
    if (isFullStorage(failure, line)) {
      return "there is no room to write (%s); make room and give the same command again, which goes on from there"
          .formatted(line);
    }
    String kind = root.getClass().getSimpleName();
    return line.isEmpty() ? kind : kind + ": " + line;
  }

  /** The innermost cause; of a database's failure what it says itself, which names the database. */
  private static Throwable root(Throwable failure) {
    return Optional.<Throwable>ofNullable(
            ExceptionUtils.throwableOfType(failure, SQLException.class))
        .or(() -> Optional.ofNullable(ExceptionUtils.getRootCause(failure)))
        .orElse(failure);
  }

  /** Recognises the messages of local file systems, and HDFS's quotas. */
  private static boolean isFullStorage(Throwable failure, String line) {
    return FULL.stream().anyMatch(line::contains)
        || ExceptionUtils.throwableOfType(failure, QuotaExceededException.class) != null;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }

  /** Returns the stack trace, with secrets masked. */
  public static String details(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return Secrets.masked(text.toString());
  }
}
