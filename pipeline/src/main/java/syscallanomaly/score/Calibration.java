package syscallanomaly.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Turns scores into p-values against traces that are known to be normal and were not trained on
 * (Vovk, Gammerman and Shafer: Algorithmic learning in a random world, 2005, section 2.3): the
 * share of normal traces, the scored one counted in, that look at least as unusual. Reporting a
 * trace whose p-value is at most r raises false alarms at a rate of at most r.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] ascending;
  private final int reportable;

  /**
   * @param normalScores scores of held-out normal traces; none: every p-value is 1
   * @param falseAlarmRate above 0 and below 1
   */
  public Calibration(double[] normalScores, double falseAlarmRate) {
    this.ascending = normalScores.clone();
    Arrays.sort(ascending);
    this.reportable = reportable(ascending.length, falseAlarmRate);
  }

  /** Number of held-out traces behind the p-values. */
  public int traces() {
    return ascending.length;
  }

  /** The p-value of a score, above 0 and at most 1. */
  public double pValue(double score) {
    return (1.0 + atLeast(score)) / (1.0 + ascending.length);
  }

  /** Whether a trace with this score is reported. */
  public boolean alarm(double score) {
    return atLeast(score) <= reportable;
  }

  /**
   * The score above which a trace is reported; infinite where there are too few held-out traces for
   * any alarm at the configured rate.
   */
  public double threshold() {
    return reportable < 0 ? Double.POSITIVE_INFINITY : ascending[ascending.length - 1 - reportable];
  }

  /** The most normal traces that may look at least as unusual as one that is reported; or -1. */
  private static int reportable(int traces, double falseAlarmRate) {
    int reportable = -1;
    while (reportable + 1 < traces && (2.0 + reportable) / (1.0 + traces) <= falseAlarmRate) {
      reportable++;
    }
    return reportable;
  }

  private int atLeast(double score) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ascending.length - low;
  }
}
