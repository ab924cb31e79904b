package syscallanomaly.window;

import java.io.Serializable;

/**
 * Which training windows are kept from training, to validate each epoch on.
 *
 * @param rule what is held out together
 * @param fraction share of the windows or traces held out, above 0 and below 1
 */
public record HoldOut(Rule rule, double fraction) implements Serializable {

  /** What is held out together. */
  public enum Rule {
    /** The last windows of the corpus, as Keras does; cuts a trace in two. */
    TAIL,
    /** Whole traces, drawn at random: no window shares calls with a training window. */
    TRACE
  }

  /** Windows that stay in training under {@link Rule#TAIL}, of {@code windows} in all. */
  long trainingWindows(long windows) {
    return (long) Math.floor(windows * (1 - fraction));
  }

  /** Whether {@link Rule#TRACE} holds out the trace with this ordinal. */
  boolean holdsOut(long ordinal, long seed) {
    return RandomHash.unit(seed, ordinal) < fraction;
  }
}
