package syscallanomaly.jobs.job;

/** A job that did not come to its end; the cause says why. */
public class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String details;

  JobFailedException(Throwable cause, String details) {
    super(Failure.reason(cause), cause);
    this.details = details;
  }

  /** Where to find out more, as the end of a sentence. */
  public String details() {
    return details;
  }
}
