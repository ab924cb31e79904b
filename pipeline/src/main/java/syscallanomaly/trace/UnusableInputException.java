package syscallanomaly.trace;

/**
 * Says that input cannot be used, such as missing traces or a model that does not fit its
 * vocabulary. The message is one line. It says what could not be done and why, with the value. Its
 * control characters, which names of files may bring, are escaped ({@link VisibleText}). A caller
 * that knows the fix, such as the setting to change, adds it through {@link #withFix}.
 */
public final class UnusableInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableInputException(String message) {
    super(VisibleText.of(message));
  }

  public UnusableInputException(String message, Throwable cause) {
    super(VisibleText.of(message), cause);
  }

  /**
   * Copies this error and its stack trace, and appends {@code "; "} and the fix to the message.
   *
   * @param fix what the user can do about it, in one line
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
