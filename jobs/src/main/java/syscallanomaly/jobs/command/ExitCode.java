package syscallanomaly.jobs.command;

/** What the program tells its caller. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Anything that the others do not say. */
  public static final int FAILED = 1;

  /** Wrong use or configuration; Spark was not started. */
  public static final int WRONG_USE = 2;

  /** Input that cannot be used. */
  public static final int UNUSABLE_INPUT = 3;

  private ExitCode() {}
}
