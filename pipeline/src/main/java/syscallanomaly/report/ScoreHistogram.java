package syscallanomaly.report;

import java.util.List;

/**
 * How a detector's trace scores are distributed. Bin {@code i} counts the scores from {@code
 * edges[i]} to {@code edges[i + 1]}.
 *
 * @param edges ascending and finite, one more than there are bins
 * @param normal validation traces per bin
 * @param attack attack traces per bin
 * @param threshold score above which a trace raises an alarm; NaN where there is none
 */
public record ScoreHistogram(
    String detector, List<Double> edges, List<Long> normal, List<Long> attack, double threshold) {

  /**
   * @throws IllegalArgumentException where the lists are of sizes that do not fit each other
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
              + " attack bins; pass as many bins for both, and one edge more");
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
