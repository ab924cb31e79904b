package syscallanomaly.jobs.progress;

import java.io.PrintStream;
import java.time.InstantSource;

/** Shows how long work goes on: a bar on a terminal, elsewhere a line now and then. */
public final class Progress {
  /**
   * System property: columns of the terminal behind standard error, 0 for none. submit.sh sets it,
   * as Java cannot ask about standard error alone.
   */
  public static final String COLUMNS = "syscallanomaly.terminal.columns";

  private final PrintStream err;
  private final int columns;
  private final InstantSource clock;

  /**
   * @param columns width of the terminal; 0: there is none
   */
  public Progress(PrintStream err, int columns, InstantSource clock) {
    this.err = err;
    this.columns = columns;
    this.clock = clock;
  }

  /** Progress on standard error, with as many columns as submit.sh has found. */
  public static Progress on(PrintStream standardError) {
    return new Progress(standardError, Integer.getInteger(COLUMNS, 0), InstantSource.system());
  }

  /** Shows a line of its own, between pieces of work. */
  public void say(String line) {
    err.println(line);
  }

  /**
   * Begins to show a piece of work.
   *
   * @param name what is being done
   * @param unit what is counted, in the plural: {@code windows}
   * @param total how many there are; 0 where not known yet
   */
  public StepProgress start(String name, String unit, long total) {
    return columns > 0
        ? new ProgressBarDisplay(name, unit, total, err, columns)
        : new ProgressLines(name, unit, total, err, clock);
  }
}
