package syscallanomaly.evaluate;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/** Which of the test traces a detection figure counts. */
public enum Population implements Labelled {
  /** Every validation trace as normal, every attack trace as attack. */
  OFFICIAL,
  /**
   * Equal traces count once among the normal and once among the attack traces, and normal traces
   * equal to a training trace not at all.
   */
  DISTINCT;

  /** The name in tables: {@code official}, {@code distinct}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
