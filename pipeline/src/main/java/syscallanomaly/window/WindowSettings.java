package syscallanomaly.window;

import java.io.Serializable;

/**
 * How traces become n-gram windows.
 *
 * @param length number of calls in a window, at least 2; the model predicts the last of them
 * @param limit a split ends with the trace that brings its number of windows past this limit; 0 for
 *     no limit
 */
public record WindowSettings(int length, long limit) implements Serializable {
  /** Windows of 20 calls, without a limit. */
  public static final WindowSettings DEFAULT = new WindowSettings(20, 0);
}
