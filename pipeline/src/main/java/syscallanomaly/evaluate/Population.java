package syscallanomaly.evaluate;

import java.util.Locale;
import syscallanomaly.table.Labelled;

/** The set of test traces that a detection figure counts. */
public enum Population implements Labelled {
  /** Counts every validation trace as normal and every attack trace as an attack. */
  OFFICIAL,
  /**
   * Counts equal normal traces once and equal attack traces once. It leaves out normal traces that
   * equal a training trace, and attack traces that equal a normal trace. In a row of one family, a
   * trace that other families hold too counts as well.
   */
  DISTINCT,
  /**
   * Counts the traces of {@link #OFFICIAL} that hold no execve. They are pieces from the middle of
   * a process's life, without its first calls.
   */
  WITHOUT_EXECVE;

  /** Says in a table which traces count. */
  static final String COMMENT =
      "Which test traces count: official, all of them; distinct, equal traces once among the normal"
          + " and once among the attack traces, no normal trace that equals a training trace and no"
          + " attack trace that equals a normal one; without_execve, all that hold no execve.";

  /** The name of the population in tables, such as {@code official}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
