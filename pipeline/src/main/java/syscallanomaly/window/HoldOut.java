package syscallanomaly.window;

import java.io.Serializable;

/**
 * Which training windows are held out, so that the loss on them can be measured after each epoch.
 *
 * @param rule how the held-out windows are chosen
 * @param fraction share of the windows or traces held out, above 0 and below 1
 * @param calibratingShare share of the held-out traces that choose no epoch, so that they can
 *     calibrate detectors, 0 to below 1; 0 under {@link Rule#TAIL}
 */
public record HoldOut(Rule rule, double fraction, double calibratingShare) implements Serializable {

  /** Holds out traces that all choose the epoch. */
  public HoldOut(Rule rule, double fraction) {
    this(rule, fraction, 0);
  }

  /** How the held-out windows are chosen. */
  public enum Rule {
    /** Holds out the last windows of the corpus, as Keras does. One trace may be cut in two. */
    TAIL,
    /**
     * Holds out whole traces drawn at random, so no held-out window overlaps a window that is
     * fitted. A trace's own calls decide: equal traces are all held out or all fitted, and a trace
     * stays on its side if other traces are added, removed or rejected.
     */
    TRACE
  }

  /**
   * Number of windows that stay in training under {@link Rule#TAIL}.
   *
   * @param windows number of all training windows
   */
  long trainingWindows(long windows) {
    return (long) Math.floor(windows * (1 - fraction));
  }

  /**
   * Whether {@link Rule#TRACE} holds out a trace.
   *
   * @param content hash of the trace's calls; any long
   * @param seed seed of the draw; the same seed holds out the same traces
   */
  boolean holdsOut(long content, long seed) {
    return RandomHash.unit(seed, content) < fraction;
  }

  /**
   * Whether {@link Rule#TRACE} holds out a trace that has no say in which epoch is kept.
   *
   * @param content hash of the trace's calls; any long
   * @param seed seed of the draw
   */
  boolean calibrates(long content, long seed) {
    return RandomHash.unit(seed, content) < fraction * calibratingShare;
  }
}
