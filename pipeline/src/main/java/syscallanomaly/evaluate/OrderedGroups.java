package syscallanomaly.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import syscallanomaly.score.Calibration;

/**
 * The groups of traces of a population, in the order of a detector's scores. All that resamples
 * have in common is worked out here, so that a resample is one pass over arrays.
 *
 * <p>Row 0 of the figures counts the attacks of all families, and each further row those of one.
 */
final class OrderedGroups {
  private final List<ScoreGroup> groups;
  private final long normalClusters;
  private final long[] attackClusters;

  /** Where each group's weight stands in a draw. */
  final int[] cluster;

  final boolean[] attack;

  /** The row of each attack's family; 0 for a group that counts in row 0 alone. */
  final int[] row;

  /** Number of traces that count in row 0. */
  final long[] count;

  /** Number of attack traces that count in the row of their family. */
  final long[] countInFamily;

  /** Where each run of groups with equal scores ends. */
  final int[] ends;

  /** How many groups, from the highest score on, raise an alarm at each asked rate. */
  final int[] alarms;

  /**
   * @param groups groups of one detector, of any population
   * @param population says which groups count
   * @param families the families of the rows from 1 on
   * @param calibration says which scores raise an alarm
   * @param weights the clusters of all groups
   */
  OrderedGroups(
      List<ScoreGroup> groups,
      Population population,
      List<String> families,
      Calibration calibration,
      ClusterWeights weights) {
    this.groups =
        groups.stream()
            .filter(group -> group.in(population) || group.inFamilyOf(population))
            // In a run of equal scores the normal traces come first.
            .sorted(
                Comparator.comparingDouble(ScoreGroup::score)
                    .reversed()
                    .thenComparing(ScoreGroup::split))
            .toList();
    this.normalClusters = clusters(group -> !group.attack() && group.in(population));
    this.attackClusters = new long[1 + families.size()];
    attackClusters[0] = clusters(group -> group.attack() && group.in(population));
    for (String family : families) {
      attackClusters[1 + families.indexOf(family)] =
          clusters(group -> group.inFamilyOf(population) && group.family().equals(family));
    }
    this.cluster = ints(group -> weights.place(group.cluster()));
    this.attack = new boolean[this.groups.size()];
    for (int i = 0; i < attack.length; i++) {
      attack[i] = this.groups.get(i).attack();
    }
    this.row =
        ints(group -> group.inFamilyOf(population) ? 1 + families.indexOf(group.family()) : 0);
    this.count = longs(group -> group.in(population) ? group.count() : 0);
    this.countInFamily = longs(group -> group.inFamilyOf(population) ? group.count() : 0);
    this.ends =
        IntStream.rangeClosed(1, this.groups.size())
            .filter(i -> i == this.groups.size() || score(i) != score(i - 1))
            .toArray();
    this.alarms =
        OperatingPoint.ASKED.stream()
            .mapToInt(
                rate ->
                    (int)
                        IntStream.range(0, this.groups.size())
                            .filter(i -> calibration.alarm(score(i), rate))
                            .count())
            .toArray();
  }

  /** Number of rows of figures. */
  int rows() {
    return attackClusters.length;
  }

  /** Number of clusters that the normal traces belong to. */
  long normalClusters() {
    return normalClusters;
  }

  /** Number of clusters that the attack traces of a row belong to. */
  long attackClusters(int ofRow) {
    return attackClusters[ofRow];
  }

  private long clusters(Predicate<ScoreGroup> counted) {
    return groups.stream().filter(counted).mapToLong(ScoreGroup::cluster).distinct().count();
  }

  private double score(int i) {
    return groups.get(i).score();
  }

  private int[] ints(ToIntFunction<ScoreGroup> value) {
    return groups.stream().mapToInt(value).toArray();
  }

  private long[] longs(ToLongFunction<ScoreGroup> value) {
    return groups.stream().mapToLong(value).toArray();
  }
}
