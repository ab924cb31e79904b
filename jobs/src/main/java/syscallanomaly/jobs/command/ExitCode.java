package syscallanomaly.jobs.command;

/** The exit codes of the program. */
public final class ExitCode {
  /** The job is done. */
  public static final int DONE = 0;

  /** The job failed for any other reason. */
  public static final int FAILED = 1;

  /** The arguments, the configuration or the workspace cannot be used; Spark was not started. */
  public static final int WRONG_USE = 2;

  /** The input cannot be used. */
  public static final int UNUSABLE_INPUT = 3;

  /**
   * The job is done, and the first detector has raised an alarm that the user wants to see here.
   */
  public static final int ALARM = 4;

  /**
   * The job promote is done, and its detector was not promoted, which the user wants to see here.
   */
  public static final int NOT_PROMOTED = 5;

  private ExitCode() {}
}
