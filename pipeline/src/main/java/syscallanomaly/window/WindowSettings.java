package syscallanomaly.window;

import java.io.Serializable;

/**
 * How traces become n-gram windows.
 *
 * @param length calls in a window, the last of which is the one to predict; at least 2
 * @param limit stop after the trace that brings a split's windows past this number; 0: no limit
 * @param distinct whether equal training windows are stored once, with their multiplicity
 * @param dropIn random duplication of training windows
 */
public record WindowSettings(int length, long limit, boolean distinct, DropIn dropIn)
    implements Serializable {

  /** Windows of a trace of the given number of calls: {@code max(0, calls - length + 1)}. */
  public long windowsOf(int calls) {
    return Math.max(0, calls - length + 1);
  }
}
