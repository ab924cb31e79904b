package syscallanomaly.jobs.progress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.InstantSource;

/**
 * Shows the progress of work: as a bar on a terminal, elsewhere as a line now and then.
 *
 * <pre>{@code
 * try (StepProgress shown = progress.start("score", "traces", total)) {
 *   shown.advance(1);
 * }
 * }</pre>
 */
public final class Progress {
  /**
   * System property with the width in columns of the terminal behind standard error; 0 if there is
   * no terminal. submit.sh sets it, because Java cannot inspect standard error alone.
   */
  public static final String COLUMNS = "syscallanomaly.terminal.columns";

  private final ClosableStream shown;
  private final PrintStream err;
  private final int columns;
  private final InstantSource clock;

  /**
   * Makes a display.
   *
   * @param err receives bars and lines
   * @param columns width of the terminal; 0 if there is none
   * @param clock measures rates and times
   */
  public Progress(PrintStream err, int columns, InstantSource clock) {
    this.shown = new ClosableStream(err);
    this.err = new PrintStream(shown, /* autoFlush= */ true, Charset.defaultCharset());
    this.columns = columns;
    this.clock = clock;
  }

  /** Shows progress on standard error, with the width that submit.sh found. */
  public static Progress on(PrintStream standardError) {
    return new Progress(standardError, Integer.getInteger(COLUMNS, 0), InstantSource.system());
  }

  /** Prints one line between pieces of work. */
  public void say(String line) {
    err.println(line);
  }

  /** Prints the last line. Nothing is shown after it, not even of work that goes on. */
  public void end(String line) {
    if (columns > 0) {
      // The last line must not stand behind a bar.
      err.println();
    }
    err.println(line);
    shown.closed = true;
  }

  /**
   * Begins to show a piece of work.
   *
   * @param name what is being done
   * @param unit what is counted, in the plural: {@code windows}
   * @param total number of units to do; 0 if it is not known yet
   * @return the display of this work, to be advanced and closed
   */
  public StepProgress start(String name, String unit, long total) {
    return columns > 0
        ? new ProgressBarDisplay(name, unit, total, err, columns)
        : new ProgressLines(name, unit, total, err, clock);
  }

  /** Passes on what is written until it is told to stop. */
  private static final class ClosableStream extends FilterOutputStream {
    private volatile boolean closed;

    ClosableStream(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int b) throws IOException {
      if (!closed) {
        out.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (!closed) {
        out.write(bytes, from, length);
      }
    }
  }
}
