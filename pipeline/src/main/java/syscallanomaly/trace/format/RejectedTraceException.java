package syscallanomaly.trace.format;

/** One file is no valid trace; the message is the one-line reason that the rejects show. */
public final class RejectedTraceException extends Exception {
  private static final long serialVersionUID = 1L;

  RejectedTraceException(String reason) {
    // Thousands of bad files are an outcome, not a fault of the program: no stack trace.
    super(reason, null, false, false);
  }
}
