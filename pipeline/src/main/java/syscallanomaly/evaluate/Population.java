package syscallanomaly.evaluate;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/** The set of test traces that a detection figure counts. */
public enum Population implements Labelled {
  /** Counts every validation trace as normal and every attack trace as an attack. */
  OFFICIAL,
  /**
   * Counts equal normal traces once and equal attack traces once, and leaves out normal traces that
   * equal a training trace.
   */
  DISTINCT;

  /** The name of the population in tables: {@code official} or {@code distinct}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
