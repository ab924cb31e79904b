package syscallanomaly.score.ensemble;

import java.io.Serializable;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Turns the scores of a detector into z, on which the scores of all detectors are alike: for normal
 * traces, z is about normally distributed with mean 0 and variance 1. A higher z is more anomalous.
 *
 * <p>With calibrating scores of normal traces, of which n(i) equal the i-th lowest value v(i) and n
 * is the number of all, and with their standard deviation sd,
 *
 * <pre>{@code
 * z(v(i))    = inverse normal of (n(1) + ... + n(i-1) + n(i) / 2) / n, clipped to -3.09 .. 3.09
 * z(score)   = linear between the values around it
 * z(score)   = z(v(1)) - (v(1) - score) / sd          below the lowest value v(1)
 * z(score)   = z(v(last)) + (score - v(last)) / sd    above the highest value
 * }</pre>
 *
 * <p>The ends are not clipped, because a score far below all others is evidence that a trace is
 * normal. If all calibrating scores are equal, sd is 0; a lower score then has z = -3.09, an equal
 * one 0 and a higher one 3.09. Without calibrating scores every z is 0: the detector says nothing.
 */
public final class ScoreScale implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The z of one trace in a thousand, beyond which ranks say little. */
  private static final double LARGEST_Z = 3.09;

  /** The distinct calibrating scores, ascending. */
  private final double[] values;

  /** The z of each of them, ascending. */
  private final double[] z;

  private final double standardDeviation;

  /**
   * @param scores calibrating scores: of normal traces, by detectors that did not learn from them
   * @param copies how many equal traces each score stands for, at least 1
   * @throws IllegalArgumentException if a score is not finite, or if there are not as many copies
   *     as scores
   */
  public ScoreScale(double[] scores, long[] copies) {
    NavigableMap<Double, Long> counts = counts(scores, copies);
    this.values = counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    long[] ofValue = counts.values().stream().mapToLong(Long::longValue).toArray();
    this.z = normalQuantiles(ofValue);
    this.standardDeviation = standardDeviation(values, ofValue);
  }

  private static NavigableMap<Double, Long> counts(double[] scores, long[] copies) {
    if (scores.length != copies.length) {
      throw new IllegalArgumentException(
          "Cannot scale scores: there are %d scores and %d numbers of copies; give one for each"
              .formatted(scores.length, copies.length));
    }
    NavigableMap<Double, Long> counts = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            "Cannot scale scores: score %d of %d is %s; check the detector that gave it"
                .formatted(i + 1, scores.length, scores[i]));
      }
      // Adding 0 makes a -0 a 0, which is the same score.
      counts.merge(scores[i] + 0.0, copies[i], Long::sum);
    }
    return counts;
  }

  private static double[] normalQuantiles(long[] copies) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double all = Arrays.stream(copies).sum();
    double[] quantiles = new double[copies.length];
    long before = 0;
    for (int i = 0; i < copies.length; i++) {
      double rank = (before + copies[i] / 2.0) / all;
      quantiles[i] = clipped(normal.inverseCumulativeProbability(rank));
      before += copies[i];
    }
    return quantiles;
  }

  private static double clipped(double z) {
    return Math.max(-LARGEST_Z, Math.min(LARGEST_Z, z));
  }

  private static double standardDeviation(double[] values, long[] copies) {
    double all = Arrays.stream(copies).sum();
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += copies[i] / all * values[i];
    }
    double variance = 0;
    for (int i = 0; i < values.length; i++) {
      variance += copies[i] / all * (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(variance);
  }

  /** The z of a score; NaN for NaN. It never falls as the score rises. */
  public double z(double score) {
    if (Double.isNaN(score)) {
      return score;
    }
    if (values.length == 0) {
      return 0;
    }
    int last = values.length - 1;
    if (score < values[0]) {
      return z[0] + beyond(score - values[0]);
    }
    if (score > values[last]) {
      return z[last] + beyond(score - values[last]);
    }
    int found = Arrays.binarySearch(values, score + 0.0);
    return found >= 0 ? z[found] : between(-found - 2, score);
  }

  /** How much z changes beyond an end. */
  private double beyond(double distance) {
    return standardDeviation == 0
        ? Math.copySign(LARGEST_Z, distance)
        : distance / standardDeviation;
  }

  private double between(int below, double score) {
    double share = (score - values[below]) / (values[below + 1] - values[below]);
    // Rounding must not lift it above the next value's z.
    return Math.min(z[below + 1], z[below] + share * (z[below + 1] - z[below]));
  }
}
