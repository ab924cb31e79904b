package syscallanomaly.evaluate;

import java.util.Arrays;
import java.util.Collection;
import syscallanomaly.window.RandomHash;

/**
 * How often each resample takes each cluster of traces: a Poisson number of mean 1 (Hanley and
 * MacGibbon: Creating non-parametric bootstrap samples using Poisson frequencies, Computer Methods
 * and Programs in Biomedicine 83, 2006).
 *
 * <p>A weight depends only on the seed, the resample and the cluster. So all detectors, populations
 * and families share the resamples, and detectors can be compared in pairs.
 */
final class ClusterWeights {
  /** At place k, the probability that a Poisson number of mean 1 is at most k. */
  private static final double[] CUMULATIVE = cumulative();

  private final long[] clusters;
  private final long seed;

  /**
   * @param clusters numbers of the clusters, in any order; they may repeat
   * @param seed seed of the weights
   */
  ClusterWeights(Collection<Long> clusters, long seed) {
    this.clusters = clusters.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    this.seed = seed;
  }

  /** The place of a cluster's weight in every {@link #draw}. */
  int place(long cluster) {
    return Arrays.binarySearch(clusters, cluster);
  }

  /** The weights that take every trace once. */
  int[] ones() {
    int[] weights = new int[clusters.length];
    Arrays.fill(weights, 1);
    return weights;
  }

  /**
   * Draws the weight of every cluster.
   *
   * @param resample number of the resample
   */
  int[] draw(int resample) {
    long seedOfResample = RandomHash.bits(seed, resample);
    int[] weights = new int[clusters.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = poisson(RandomHash.unit(seedOfResample, clusters[i]));
    }
    return weights;
  }

  /** Inverts the distribution function. */
  private static int poisson(double uniform) {
    int number = 0;
    while (number < CUMULATIVE.length && uniform >= CUMULATIVE[number]) {
      number++;
    }
    return number;
  }

  private static double[] cumulative() {
    // The remaining probability is below 2^-53, the smallest step of a uniform number.
    double[] cumulative = new double[18];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += probability;
      cumulative[k] = sum;
      probability /= k + 1;
    }
    return cumulative;
  }
}
