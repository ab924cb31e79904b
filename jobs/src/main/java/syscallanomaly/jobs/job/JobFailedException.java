package syscallanomaly.jobs.job;

/** Says that a job failed; the cause says why. */
public class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String details;

  JobFailedException(Throwable cause, String details) {
    super(Failure.reason(cause), cause);
    this.details = details;
  }

  /** Where the user finds details, as the end of a sentence. */
  public String details() {
    return details;
  }
}
