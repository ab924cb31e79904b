package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import syscallanomaly.score.Calibration;

class WeightedPassTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final Calibration CALIBRATION =
      new Calibration(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
  private static final List<String> FAMILIES = List.of("f", "g");

  /** A weight multiplies a cluster's traces, whatever their scores and families are. */
  @Property(tries = 500)
  void figuresAreThoseOfTheCurveOfMultipliedTraces(
      @ForAll @Size(min = 1, max = 25) List<@IntRange(max = 90) Integer> normal,
      @ForAll @Size(min = 1, max = 25) List<@IntRange(max = 90) Integer> attacks,
      @ForAll @Size(50) List<@IntRange(max = 3) Integer> draws) {
    Groups made = new Groups();
    normal.forEach(n -> made.normal(n % 10, 1 + n / 40, n / 9));
    attacks.forEach(n -> made.attack(FAMILIES.get(n % 2), n % 10, 1 + n / 40, n / 9));
    List<ScoreGroup> groups = made.list();
    ClusterWeights clusters =
        new ClusterWeights(groups.stream().map(ScoreGroup::cluster).toList(), 1);
    int[] weights = draws.stream().mapToInt(Integer::intValue).toArray();
    OrderedGroups ordered =
        new OrderedGroups(groups, Population.OFFICIAL, FAMILIES, CALIBRATION, clusters);

    double[] figures = WeightedPass.figures(ordered, weights);

    Map<Double, Long> allNormal = weighted(groups, clusters, weights, group -> !group.attack());
    for (int row = 0; row < 3; row++) {
      String family = row == 0 ? null : FAMILIES.get(row - 1);
      Map<Double, Long> found =
          weighted(
              groups,
              clusters,
              weights,
              group -> group.attack() && (family == null || family.equals(group.family())));
      assertRow(figures, row, allNormal, found);
      if (row == 0) {
        assertAlarms(figures, allNormal, found);
      }
    }
  }

  private static void assertRow(
      double[] figures, int row, Map<Double, Long> normal, Map<Double, Long> attacks) {
    if (normal.isEmpty() || attacks.isEmpty()) {
      for (int figure = WeightedPass.AUC; figure <= WeightedPass.FPR_AT_TPR_90; figure++) {
        assertThat(figures[WeightedPass.place(figure, row)]).isNaN();
      }
      return;
    }
    RocCurve curve = new RocCurve(normal, attacks);
    assertThat(figures[WeightedPass.place(WeightedPass.AUC, row)]).isCloseTo(curve.auc(), EXACT);
    assertThat(figures[WeightedPass.place(WeightedPass.TPR_AT_FPR_05, row)])
        .isEqualTo(curve.tprAtFpr(.05));
    assertThat(figures[WeightedPass.place(WeightedPass.TPR_AT_FPR_10, row)])
        .isEqualTo(curve.tprAtFpr(.10));
    assertThat(figures[WeightedPass.place(WeightedPass.TPR_AT_FPR_20, row)])
        .isEqualTo(curve.tprAtFpr(.20));
    assertThat(figures[WeightedPass.place(WeightedPass.FPR_AT_TPR_90, row)])
        .isEqualTo(curve.fprAtTpr(.90));
  }

  private static void assertAlarms(
      double[] figures, Map<Double, Long> normal, Map<Double, Long> attacks) {
    for (int asked = 0; asked < OperatingPoint.ASKED.size(); asked++) {
      double rate = OperatingPoint.ASKED.get(asked);
      int place = WeightedPass.falseAlarmRate(3, asked);
      assertThat(figures[place]).isEqualTo(Double.valueOf(alarms(normal, rate)));
      assertThat(figures[place + 1]).isEqualTo(Double.valueOf(alarms(attacks, rate)));
    }
  }

  private static double alarms(Map<Double, Long> counts, double rate) {
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    double alarms =
        counts.entrySet().stream()
            .filter(score -> CALIBRATION.alarm(score.getKey(), rate))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return alarms / all;
  }

  private static Map<Double, Long> weighted(
      List<ScoreGroup> groups,
      ClusterWeights clusters,
      int[] weights,
      Predicate<ScoreGroup> counted) {
    Map<Double, Long> counts = new TreeMap<>();
    groups.stream()
        .filter(counted)
        .filter(group -> weights[clusters.place(group.cluster())] > 0)
        .forEach(
            group ->
                counts.merge(
                    group.score(),
                    group.count() * weights[clusters.place(group.cluster())],
                    Long::sum));
    return counts;
  }

  @Test
  void aContentOfTwoFamiliesCountsOnceAmongAllAndInEachFamily() {
    Groups made = new Groups().normal(0, 1, 0).normal(2, 1, 1).attack("f", 1, 1, 0);
    List<ScoreGroup> groups = new ArrayList<>(made.list());
    ScoreGroup first = groups.get(2);
    groups.add(
        new ScoreGroup("d", first.split(), "g", false, true, true, first.cluster() + 1, 3, 1));
    ClusterWeights clusters =
        new ClusterWeights(groups.stream().map(ScoreGroup::cluster).toList(), 1);
    OrderedGroups ordered =
        new OrderedGroups(groups, Population.DISTINCT, FAMILIES, CALIBRATION, clusters);

    double[] figures = WeightedPass.figures(ordered, clusters.ones());

    assertThat(figures[WeightedPass.place(WeightedPass.AUC, 0)]).isEqualTo(.5);
    assertThat(figures[WeightedPass.place(WeightedPass.AUC, 1)]).isEqualTo(.5);
    assertThat(figures[WeightedPass.place(WeightedPass.AUC, 2)]).isEqualTo(1);
  }
}
