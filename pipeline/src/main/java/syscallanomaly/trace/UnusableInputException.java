package syscallanomaly.trace;

/**
 * Input that cannot be used: missing or damaged traces, a model that does not fit its vocabulary.
 * The message is one line for people: what could not be done, and why, with the value. A caller who
 * knows what mends it, such as the setting that named the input, adds that in its own words.
 */
public final class UnusableInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableInputException(String message) {
    super(message);
  }

  public UnusableInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The same error, thrown from the same place, whose message ends with {@code "; "} and the fix.
   *
   * @param fix what mends it, in one line
   */
  public UnusableInputException withFix(String fix) {
    UnusableInputException fixed =
        new UnusableInputException(getMessage() + "; " + fix, getCause());
    fixed.setStackTrace(getStackTrace());
    for (Throwable suppressed : getSuppressed()) {
      fixed.addSuppressed(suppressed);
    }
    return fixed;
  }
}
