package syscallanomaly.window;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The n-gram windows of a trace, one call apart. A window is made when it is asked for. So memory
 * holds one at a time, however long the trace is.
 */
public final class TraceWindows {
  private TraceWindows() {}

  /**
   * Turns a window into a row.
   *
   * @param <T> type of the row
   */
  @FunctionalInterface
  public interface WindowRow<T> {
    /**
     * Makes the row of a window.
     *
     * @param position position in the trace at which the window begins, from 0
     * @param window calls of the window, a copy
     */
    T of(int position, int[] window);
  }

  /**
   * Iterates over the windows in the trace's order.
   *
   * @param calls calls of the trace
   * @param length number of calls in a window, at least 1; a shorter trace has no window
   * @param row makes each element
   */
  public static <T> Iterator<T> each(int[] calls, int length, WindowRow<T> row) {
    return positions(calls, length)
        .mapToObj(start -> row.of(start, Arrays.copyOfRange(calls, start, start + length)))
        .iterator();
  }

  /** The positions at which windows begin, from 0. */
  static IntStream positions(int[] calls, int length) {
    return IntStream.rangeClosed(0, calls.length - length);
  }
}
