package syscallanomaly.evaluate.drift;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index: how far the distribution of some values over groups is from a
 * former one. It is 0 if the shares are equal, and has no upper bound.
 *
 * <p>With B groups, of which the i-th has r(i) of R former values and n(i) of N new ones:
 *
 * <pre>{@code
 * p(i) = (r(i) + 1/2) / (R + B/2)
 * q(i) = (n(i) + 1/2) / (N + B/2)
 * PSI  = sum over i of (q(i) - p(i)) ln(q(i) / p(i))
 * }</pre>
 *
 * <p>The halves keep the index finite where a group is empty on one side. Without them it is the
 * divergence of Jeffreys (An invariant form for the prior probability in estimation problems,
 * 1946). Siddiqi (Credit Risk Scorecards, 2006) calls a value below .1 no change, one from .1 to
 * .25 a small change, and a larger one a change to act on.
 */
public final class StabilityIndex {
  private static final double HALF = 0.5;

  /** Share of unchanged populations whose index is at most {@link #chance}. */
  private static final double USUAL = 0.999;

  private StabilityIndex() {}

  /**
   * Computes the index.
   *
   * @param former number of former values in each group
   * @param now number of new values in each group, as many groups
   * @throws IllegalArgumentException if there is no group, or if the numbers of groups differ
   */
  public static double of(long[] former, long[] now) {
    if (former.length == 0 || former.length != now.length) {
      throw new IllegalArgumentException(
          "Cannot compare %d groups with %d: there must be as many, and one at least"
              .formatted(former.length, now.length));
    }
    double formerAll = all(former);
    double nowAll = all(now);
    double index = 0;
    for (int group = 0; group < former.length; group++) {
      double p = (former[group] + HALF) / formerAll;
      double q = (now[group] + HALF) / nowAll;
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }

  private static double all(long[] counts) {
    double all = counts.length * HALF;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  /**
   * The index that chance alone brings at most, but for one in a thousand comparisons of
   * populations that have not changed. For independent values the index is distributed like (1/R +
   * 1/N) times a chi-squared variable of B - 1 degrees of freedom (Yurdakul and Naranjo:
   * Statistical properties of the population stability index, Journal of Risk Model Validation 14,
   * 2020).
   *
   * @param groups number of groups, at least 1
   * @param former number of former values, at least 1
   * @param now number of new values, at least 1
   * @return 0 for one group
   */
  public static double chance(int groups, long former, long now) {
    return groups == 1
        ? 0
        : (1.0 / former + 1.0 / now)
            * new ChiSquaredDistribution(null, groups - 1.0).inverseCumulativeProbability(USUAL);
  }
}
