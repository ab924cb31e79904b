package syscallanomaly.trace;

/**
 * Input that cannot be used: missing or damaged traces, a model that does not fit its vocabulary.
 * The message is one line for the person at the terminal: what could not be done, why, with the
 * value, and what to do about it. A job that ends with it exits with 3.
 */
public class UnusableInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableInputException(String message) {
    super(message);
  }

  public UnusableInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
