package syscallanomaly.train.state;

/** A file from which no training can go on; the message is the end of a sentence: it is ... */
public class UnusableStateException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableStateException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableStateException(String message) {
    super(message);
  }
}
