package syscallanomaly.train.state;

/**
 * Says that no training can go on from a file. The message completes a sentence that begins with
 * the file, for instance "it is damaged".
 */
public class UnusableStateException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableStateException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableStateException(String message) {
    super(message);
  }
}
