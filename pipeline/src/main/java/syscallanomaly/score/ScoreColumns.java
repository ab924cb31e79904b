package syscallanomaly.score;

/** The columns of Datasets that hold a detector's score of a trace in each row. */
public final class ScoreColumns {
  /** Name of the detector: string. */
  public static final String DETECTOR = "detector";

  /** Score of the trace, higher for a more anomalous one: double. */
  public static final String SCORE = "score";

  /** Share of the held-out normal traces that score at least as high, above 0 to 1: double. */
  public static final String P_VALUE = "p_value";

  /** Whether the p-value is at most the false-alarm rate that was asked for: boolean. */
  public static final String ALARM = "alarm";

  /**
   * Whether the trace counts where repeats do not: it equals no earlier trace of its split and, if
   * it is normal, no training trace: boolean.
   */
  public static final String DISTINCT = "distinct";

  private ScoreColumns() {}
}
