package syscallanomaly.jobs.run;

/**
 * Says that a workspace, or a run in it, cannot be written; the message is one line for the user.
 */
public class UnusableWorkspaceException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableWorkspaceException(String message) {
    super(message);
  }

  public UnusableWorkspaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
