package syscallanomaly.score.containment;

import java.io.Serializable;

/**
 * Says which normal traces a trace is compared with.
 *
 * @param nearestShare share of the reference traces, above 0 and at most 1, whose similarities
 *     count: the largest ones
 * @param references largest number of reference traces, 1 to {@link #MOST_REFERENCES}
 */
public record ContainmentSettings(double nearestShare, int references) implements Serializable {
  /** Largest number of reference traces. The time to score a trace grows with it. */
  public static final int MOST_REFERENCES = 1 << 16;

  /** The nearest 2.5 % of at most 2,000 reference traces. */
  public static final ContainmentSettings DEFAULT = new ContainmentSettings(0.025, 2_000);

  /**
   * Number of similarities that count.
   *
   * @param references number of reference traces, at least 1
   * @return {@link #nearestShare} of them, rounded to the nearest whole number, at least 1
   */
  int nearest(int references) {
    return Math.toIntExact(Math.max(1, Math.round(nearestShare * references)));
  }
}
