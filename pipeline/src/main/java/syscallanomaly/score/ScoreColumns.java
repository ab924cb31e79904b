package syscallanomaly.score;

import java.util.List;

/** The columns of Datasets that hold a detector's score of a trace in each row. */
public final class ScoreColumns {
  /** Name of the detector: string. */
  public static final String DETECTOR = "detector";

  /** Score of the trace; a higher one is more anomalous: double. */
  public static final String SCORE = "score";

  /**
   * Conformal p-value of the score, above 0 and at most 1, see {@link Calibration#pValue}: double.
   */
  public static final String P_VALUE = "p_value";

  /** Whether the p-value is at most the false-alarm rate that was asked for: boolean. */
  public static final String ALARM = "alarm";

  /**
   * The part of an ensemble that finds the trace most anomalous: string; null if the detector is no
   * ensemble.
   */
  public static final String PART = "part";

  /**
   * Whether the trace counts among the distinct traces of all families: boolean. Of equal traces of
   * a split, only the first does. A normal trace that equals a training trace does not, and neither
   * does an attack trace that equals a normal one.
   */
  public static final String DISTINCT = "distinct";

  /**
   * Whether the trace counts among the distinct traces of its family: boolean. Of equal traces of a
   * family, only the first does. So a trace that occurs in two families counts in both.
   */
  public static final String DISTINCT_IN_FAMILY = "distinct_in_family";

  /** Whether no call of the trace is an execve: boolean. */
  public static final String WITHOUT_EXECVE = "without_execve";

  /**
   * Names what is resampled together: string. Equal normal traces share a value. So do the attack
   * traces of a folder, because a folder is one attack.
   */
  public static final String CLUSTER = "cluster";

  /** The columns that an evaluation needs of each trace, beside its score. */
  public static final List<String> POPULATION_COLUMNS =
      List.of(DISTINCT, DISTINCT_IN_FAMILY, WITHOUT_EXECVE, CLUSTER);

  private ScoreColumns() {}
}
