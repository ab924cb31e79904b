package syscallanomaly.trace;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/**
 * The three parts of a corpus. {@code TRAINING} holds normal traces to learn from, {@code
 * VALIDATION} normal traces to test on, and {@code ATTACK} attack traces to test on.
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
   * Finds the split with this {@link #label}.
   *
   * @throws IllegalArgumentException if no split has this label
   */
  public static Split ofLabel(String label) {
    return Labelled.of(Split.class, label);
  }
}
