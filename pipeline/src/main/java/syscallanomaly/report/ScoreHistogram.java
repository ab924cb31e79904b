package syscallanomaly.report;

import java.util.List;

/**
 * How a detector's trace scores are distributed. Bin {@code i} counts the scores from {@code
 * edges[i]} to {@code edges[i + 1]}.
 *
 * @param detector name of the detector
 * @param edges bounds of the bins, ascending and finite; one more than there are bins
 * @param normal number of validation traces in each bin
 * @param attack number of attack traces in each bin
 * @param threshold score above which a trace raises an alarm; NaN if there is none
 */
public record ScoreHistogram(
    String detector, List<Double> edges, List<Long> normal, List<Long> attack, double threshold) {

  /**
   * Checks that the lists fit each other.
   *
   * @throws IllegalArgumentException if the numbers of bins differ, or if there is not one edge
   *     more than bins
   */
  public ScoreHistogram {
    edges = List.copyOf(edges);
    normal = List.copyOf(normal);
    attack = List.copyOf(attack);
    if (normal.size() != attack.size() || edges.size() != normal.size() + 1) {
      throw new IllegalArgumentException(
          "Cannot show the scores of "
              + detector
              + ": "
              + edges.size()
              + " edges for "
              + normal.size()
              + " normal and "
              + attack.size()
              + " attack bins; pass equally many normal and attack bins, and one edge more");
    }
  }

  /** Number of normal traces in all bins. */
  public long normalTraces() {
    return normal.stream().mapToLong(Long::longValue).sum();
  }

  /** Number of attack traces in all bins. */
  public long attackTraces() {
    return attack.stream().mapToLong(Long::longValue).sum();
  }
}
