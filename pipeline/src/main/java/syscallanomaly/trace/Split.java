package syscallanomaly.trace;

import java.util.Locale;

/**
 * The three parts of a corpus: normal traces to learn from, normal traces and attacks to test on.
 */
public enum Split {
  TRAINING,
  VALIDATION,
  ATTACK;

  /** The name in tables and folders: {@code training}, {@code validation}, {@code attack}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split with this {@link #label}. */
  public static Split ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
