package syscallanomaly.jobs.run;

/** A workspace that cannot be written; the message is one line for the person at the terminal. */
public class UnusableWorkspaceException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableWorkspaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
