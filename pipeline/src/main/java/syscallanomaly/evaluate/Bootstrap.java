package syscallanomaly.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Percentile bootstrap of the area under a ROC curve (Efron and Tibshirani: An introduction to the
 * bootstrap, 1993, chapter 13). It resamples normal and attack traces separately.
 *
 * <p>With n(i) normal traces and a(i) attack traces at the i-th highest score, a resample draws
 *
 * <pre>{@code
 * N(i) ~ Poisson(n(i))    A(i) ~ Poisson(a(i))
 * AUC = sum over i of N(i) (A(1) + ... + A(i-1) + A(i) / 2) / (sum of N * sum of A)
 * }</pre>
 *
 * and the interval reaches from the 2.5 % quantile to the 97.5 % quantile of these areas (a Poisson
 * bootstrap; Hanley and MacGibbon: Creating non-parametric bootstrap samples using Poisson
 * frequencies, Computer Methods and Programs in Biomedicine 83, 2006).
 *
 * <p>Neighbouring scores that only normal traces have, or that only attack traces have, are drawn
 * together, because their order among themselves does not change the AUC. The cost of a resample
 * therefore grows with the corners of the curve, not with the traces. A resample without normal
 * traces or without attack traces has no AUC, so it is drawn again.
 */
final class Bootstrap {
  private static final double TAIL = 0.025;

  /**
   * Largest mean that is drawn from its Poisson distribution, because a draw takes a time in
   * proportion to the mean. A larger mean is drawn from the normal distribution of the same mean
   * and variance, whose skewness differs by 1/sqrt(mean), less than .023.
   */
  private static final long LARGEST_POISSON_MEAN = 2_000;

  private final int samples;

  Bootstrap(int samples) {
    this.samples = samples;
  }

  /**
   * The interval that holds the central 95 % of the resampled areas.
   *
   * @param low the 2.5 % quantile, 0..1
   * @param high the 97.5 % quantile, 0..1
   */
  record Interval(double low, double high) {}

  /**
   * Computes the 95 % interval of the AUC.
   *
   * @param curve the curve of the traces' scores
   * @param seed numbers that together seed the draws; the same numbers give the same interval
   */
  Interval auc(RocCurve curve, int... seed) {
    RandomGenerator random = new Well19937c(seed);
    DoubleSupplier[][] cells = cells(curve, random);
    double[] areas = new double[samples];
    for (int i = 0; i < samples; i++) {
      areas[i] = area(cells);
    }
    Arrays.sort(areas);
    return new Interval(quantile(areas, TAIL), quantile(areas, 1 - TAIL));
  }

  /**
   * Returns what draws the numbers of normal traces and of attack traces in each cell, from the
   * highest score to the lowest.
   */
  private static DoubleSupplier[][] cells(RocCurve curve, RandomGenerator random) {
    Map<Long, DoubleSupplier> draws = new HashMap<>();
    DoubleSupplier[][] cells = new DoubleSupplier[curve.size()][];
    int size = 0;
    for (int i = 0; i < curve.size(); ) {
      long normal = curve.normal(i);
      long attacks = curve.attacks(i);
      for (i++; i < curve.size() && joins(normal, attacks, curve, i); i++) {
        normal += curve.normal(i);
        attacks += curve.attacks(i);
      }
      cells[size++] =
          new DoubleSupplier[] {
            draws.computeIfAbsent(normal, mean -> draw((double) mean, random)),
            draws.computeIfAbsent(attacks, mean -> draw((double) mean, random))
          };
    }
    return Arrays.copyOf(cells, size);
  }

  private static boolean joins(long normal, long attacks, RocCurve curve, int next) {
    return (normal == 0 && curve.normal(next) == 0) || (attacks == 0 && curve.attacks(next) == 0);
  }

  private static DoubleSupplier draw(double mean, RandomGenerator random) {
    if (mean == 0) {
      return () -> 0;
    }
    if (mean > LARGEST_POISSON_MEAN) {
      double deviation = Math.sqrt(mean);
      return () -> Math.max(0, Math.rint(mean + deviation * random.nextGaussian()));
    }
    PoissonDistribution distribution =
        new PoissonDistribution(
            random,
            mean,
            PoissonDistribution.DEFAULT_EPSILON,
            PoissonDistribution.DEFAULT_MAX_ITERATIONS);
    return distribution::sample;
  }

  private static double area(DoubleSupplier[][] cells) {
    double won;
    double allNormal;
    double allAttacks;
    do {
      won = 0;
      allNormal = 0;
      allAttacks = 0;
      for (DoubleSupplier[] cell : cells) {
        double normal = cell[0].getAsDouble();
        double attacks = cell[1].getAsDouble();
        won += normal * (allAttacks + attacks / 2);
        allNormal += normal;
        allAttacks += attacks;
      }
    } while (allNormal == 0 || allAttacks == 0);
    return won / (allNormal * allAttacks);
  }

  /** Interpolates linearly between the two nearest order statistics. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
