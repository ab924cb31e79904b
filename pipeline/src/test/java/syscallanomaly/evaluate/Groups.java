package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import syscallanomaly.score.Calibration;
import syscallanomaly.trace.Split;

/** Groups of scored traces for tests of resamples; all belong to every population. */
final class Groups {
  private static final long ATTACKS = 1L << 32;
  private static final Calibration NO_ALARM = new Calibration(new double[0]);

  private final List<ScoreGroup> groups = new ArrayList<>();

  /** Adds equal scores of normal traces. */
  Groups normal(double score, long count, long cluster) {
    groups.add(group(Split.VALIDATION, null, score, count, cluster));
    return this;
  }

  /** Adds equal scores of attack traces. */
  Groups attack(String family, double score, long count, long cluster) {
    groups.add(group(Split.ATTACK, family, score, count, ATTACKS + cluster));
    return this;
  }

  private static ScoreGroup group(
      Split split, String family, double score, long count, long cluster) {
    return new ScoreGroup("d", split, family, true, true, true, cluster, score, count);
  }

  /** Each trace is a cluster of its own. */
  static Groups apart(List<Integer> normal, List<Integer> attacks) {
    Groups groups = new Groups();
    normal.forEach(score -> groups.normal(score, 1, groups.groups.size()));
    attacks.forEach(score -> groups.attack("f", score, 1, groups.groups.size()));
    return groups;
  }

  List<ScoreGroup> list() {
    return List.copyOf(groups);
  }

  PopulationFigures figures(Calibration calibration, int samples, long seed) {
    ClusterWeights weights =
        new ClusterWeights(groups.stream().map(ScoreGroup::cluster).toList(), seed);
    PopulationFigures figures =
        new PopulationFigures(
            Population.OFFICIAL,
            new ScoreGrouping.Groups(groups, groups),
            calibration,
            weights,
            samples);
    IntStream.range(0, samples).forEach(i -> figures.resample(i, weights.draw(i)));
    return figures;
  }

  /** The row of all families. */
  Detection all(int samples, long seed) {
    return figures(NO_ALARM, samples, seed).detections().get(0);
  }
}
