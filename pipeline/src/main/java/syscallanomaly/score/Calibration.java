package syscallanomaly.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns scores into conformal p-values against normal traces that the detector did not see.
 *
 * <p>If every trace with a p-value of at most r is reported, the expected false-alarm rate is at
 * most r. This holds under one assumption: the normal traces that are judged are of the same kind
 * as the calibrating ones, so that all of them could be exchanged for one another. Normal traces of
 * a program that the calibrating ones do not hold raise more alarms than asked. Compare what was
 * asked with what came: {@code syscallanomaly.evaluate.OperatingPoint}.
 *
 * <p>Source: Vovk, Gammerman and Shafer: Algorithmic learning in a random world, 2005, section 2.3.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 2L;

  /** The calibrating scores, ascending and without repeats. */
  private final double[] scores;

  /** Number of calibrating traces with at least the score at the same place; a 0 follows. */
  private final long[] atLeast;

  /**
   * @param scores scores of the calibrating traces; if there are none, every p-value is 1
   * @param copies how many equal traces each score stands for, at least 1
   * @throws IllegalArgumentException if there are not as many copies as scores, if a number of
   *     copies is below 1, or if a score is NaN
   */
  public Calibration(double[] scores, long[] copies) {
    requireUsable(scores, copies);
    SortedMap<Double, Long> counts = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      counts.merge(unsignedZero(scores[i]), copies[i], Long::sum);
    }
    this.scores = counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    this.atLeast = new long[this.scores.length + 1];
    for (int place = this.scores.length - 1; place >= 0; place--) {
      atLeast[place] = atLeast[place + 1] + counts.get(this.scores[place]);
    }
  }

  /** Maps -0 to 0, because the two are equal scores and a sorted map tells them apart. */
  private static double unsignedZero(double score) {
    return score + 0.0;
  }

  /**
   * Counts each score once.
   *
   * @param scores scores of the calibrating traces; if there are none, every p-value is 1
   * @throws IllegalArgumentException if a score is NaN
   */
  public Calibration(double[] scores) {
    this(scores, once(scores.length));
  }

  private static long[] once(int scores) {
    long[] copies = new long[scores];
    Arrays.fill(copies, 1);
    return copies;
  }

  private static void requireUsable(double[] scores, long[] copies) {
    if (scores.length != copies.length) {
      throw new IllegalArgumentException(
          "Cannot calibrate with %d scores and %d numbers of copies: give each score one"
              .formatted(scores.length, copies.length));
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i]) || copies[i] < 1) {
        throw new IllegalArgumentException(
            "Cannot calibrate with %d copies of the score %s: a score must be a number and stand for at least one trace"
                .formatted(copies[i], scores[i]));
      }
    }
  }

  /** Number of calibrating traces, with all copies. */
  public long traces() {
    return atLeast[0];
  }

  /**
   * Smallest number n of calibrating traces with which an alarm is possible: 1 / (1 + n), the
   * smallest p-value, is at most the accepted rate.
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
   * The conformal p-value of a score: (1 + k) / (1 + n), if k of the n calibrating traces score at
   * least as high. The two ones count the scored trace itself. The value is above 0 and at most 1.
   */
  public double pValue(double score) {
    int place = Arrays.binarySearch(scores, unsignedZero(score));
    return pValueAt(place >= 0 ? place : -place - 1);
  }

  /**
   * Says whether a trace with this score is reported: its p-value is at most the rate.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public boolean alarm(double score, double falseAlarmRate) {
    return pValue(score) <= falseAlarmRate;
  }

  /**
   * The score above which a trace is reported. It is infinite if there are too few calibrating
   * traces for any alarm at the accepted rate.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public double threshold(double falseAlarmRate) {
    double threshold = Double.POSITIVE_INFINITY;
    // The p-value at place 0 is 1, so no rate reports every trace.
    for (int place = scores.length; place > 0 && pValueAt(place) <= falseAlarmRate; place--) {
      threshold = scores[place - 1];
    }
    return threshold;
  }

  private double pValueAt(int place) {
    return (1.0 + atLeast[place]) / (1.0 + traces());
  }
}
