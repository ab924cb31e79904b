package syscallanomaly.trace;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/**
 * What a trace is read for. A corpus has three parts: {@code TRAINING} holds normal traces to learn
 * from, {@code VALIDATION} normal traces to test on, and {@code ATTACK} attack traces to test on.
 * {@code OBSERVED} traces belong to no corpus: nobody knows of what kind they are.
 */
public enum Split implements Labelled {
  TRAINING,
  VALIDATION,
  ATTACK,
  OBSERVED;

  /** The name in tables and folders: {@code training}, {@code validation}, ... */
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
