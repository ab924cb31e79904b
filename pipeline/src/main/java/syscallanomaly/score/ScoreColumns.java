package syscallanomaly.score;

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
   * Whether the trace is no repeat: boolean. A repeat equals an earlier trace of its split. A
   * normal trace that equals a training trace is a repeat too.
   */
  public static final String DISTINCT = "distinct";

  private ScoreColumns() {}
}
