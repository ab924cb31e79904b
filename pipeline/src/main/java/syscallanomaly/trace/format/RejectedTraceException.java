package syscallanomaly.trace.format;

/**
 * Says that a file is no valid trace. The message is the reason, in one line, that the rejects
 * show.
 */
public final class RejectedTraceException extends Exception {
  private static final long serialVersionUID = 1L;

  RejectedTraceException(String reason) {
    // A bad file is an outcome and no fault of the program, and there may be thousands of them.
    // Stack traces would cost time and help nobody.
    super(reason, null, false, false);
  }
}
