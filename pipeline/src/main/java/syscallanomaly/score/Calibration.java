package syscallanomaly.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Turns scores into conformal p-values against normal traces that no model was trained on. If every
 * trace with a p-value of at most r is reported, the expected false-alarm rate is at most r.
 *
 * <p>Source: Vovk, Gammerman and Shafer: Algorithmic learning in a random world, 2005, section 2.3.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] ascending;
  private final int reportable;

  /**
   * @param normalScores scores of held-out normal traces; if there are none, every p-value is 1
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public Calibration(double[] normalScores, double falseAlarmRate) {
    this.ascending = normalScores.clone();
    Arrays.sort(ascending);
    this.reportable = reportable(ascending.length, falseAlarmRate);
  }

  /** Number of held-out traces that p-values are computed from. */
  public int traces() {
    return ascending.length;
  }

  /**
   * Smallest number n of held-out traces with which an alarm is possible: 1 / (1 + n), the smallest
   * p-value, is at most the accepted rate.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public static long tracesNeeded(double falseAlarmRate) {
    long traces = Math.max(1, (long) (1 / falseAlarmRate) - 1);
    while (1.0 / (1.0 + traces) > falseAlarmRate) {
      traces++;
    }
    return traces;
  }

  /**
   * The conformal p-value of a score: (1 + k) / (1 + n), if k of the n held-out traces score at
   * least as high. The two ones count the scored trace itself. The value is above 0 and at most 1.
   */
  public double pValue(double score) {
    return (1.0 + atLeast(score)) / (1.0 + ascending.length);
  }

  /** Says whether a trace with this score is reported. */
  public boolean alarm(double score) {
    return atLeast(score) <= reportable;
  }

  /**
   * The score above which a trace is reported. It is infinite if there are too few held-out traces
   * for any alarm at the accepted rate.
   */
  public double threshold() {
    return reportable < 0 ? Double.POSITIVE_INFINITY : ascending[ascending.length - 1 - reportable];
  }

  /**
   * Returns the largest k below n with (1 + k) / (1 + n) at most the accepted rate, or -1 if there
   * is none. A trace is reported if at most k of the n held-out traces score at least as high.
   */
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
