package syscallanomaly.trace;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/**
 * The three parts of a corpus: normal traces to learn from, normal traces and attacks to test on.
 */
public enum Split implements Labelled {
  TRAINING,
  VALIDATION,
  ATTACK;

  /** The name in tables and folders: {@code training}, {@code validation}, {@code attack}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split with this {@link #label}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Split ofLabel(String label) {
    return Labelled.of(Split.class, label);
  }
}
