package syscallanomaly.window;

import java.io.Serializable;

/**
 * How traces become n-gram windows.
 *
 * @param length calls in a window, the last of which is the one to predict; at least 2
 * @param limit stop after the trace that brings a split's windows past this number; 0: no limit
 */
public record WindowSettings(int length, long limit) implements Serializable {}
