package syscallanomaly.evaluate;

import java.util.stream.IntStream;

/**
 * The figures of a detector in every resample of a population: a percentile bootstrap (Efron and
 * Tibshirani: An introduction to the bootstrap, 1993, chapter 13).
 *
 * <p>A resample takes whole clusters: equal normal traces together, and the attack traces of a
 * folder together, because neither are independent of each other. A figure has no interval if its
 * normal traces or its attack traces all belong to one cluster.
 */
final class Resamples {
  private final OrderedGroups groups;
  private final double[][] figures;
  private final double[] unweighted;

  /**
   * @param groups the traces
   * @param samples number of resamples
   * @param ones the weights that take every trace once
   */
  Resamples(OrderedGroups groups, int samples, int[] ones) {
    this.groups = groups;
    this.figures = new double[samples][];
    this.unweighted = WeightedPass.figures(groups, ones);
  }

  /** Computes the figures of a resample. Several threads may compute different ones. */
  void compute(int resample, int[] weights) {
    figures[resample] = WeightedPass.figures(groups, weights);
  }

  /**
   * The interval of a figure of a row.
   *
   * @param figure such as {@link WeightedPass#AUC}
   * @param row 0 for all families
   * @param value the figure itself. If the groups are coarser than the scores, the interval is
   *     shifted by the difference that this makes to the figure.
   */
  Interval interval(int figure, int row, double value) {
    int place = WeightedPass.place(figure, row);
    return groups.normalClusters() > 1 && groups.attackClusters(row) > 1
        ? Interval.of(column(place), value - unweighted[place], 0)
        : Interval.NONE;
  }

  /** The interval of the false-alarm rate at the n-th asked rate. */
  Interval falseAlarmRate(int asked, double value) {
    int place = WeightedPass.falseAlarmRate(groups.rows(), asked);
    return groups.normalClusters() > 1
        ? Interval.of(column(place), value - unweighted[place], 0)
        : Interval.NONE;
  }

  /** The interval of the detection rate at the n-th asked rate. */
  Interval detectionRate(int asked, double value) {
    int place = WeightedPass.falseAlarmRate(groups.rows(), asked) + 1;
    return groups.attackClusters(0) > 1
        ? Interval.of(column(place), value - unweighted[place], 0)
        : Interval.NONE;
  }

  /**
   * The interval of this detector's AUC less another's, from the same resamples.
   *
   * @param difference the difference itself
   */
  Interval aucDifference(Resamples other, double difference) {
    int place = WeightedPass.place(WeightedPass.AUC, 0);
    double[] differences =
        IntStream.range(0, figures.length)
            .mapToDouble(i -> figures[i][place] - other.figures[i][place])
            .toArray();
    double shift = difference - (unweighted[place] - other.unweighted[place]);
    return groups.normalClusters() > 1 && groups.attackClusters(0) > 1
        ? Interval.of(differences, shift, -1)
        : Interval.NONE;
  }

  private double[] column(int place) {
    return IntStream.range(0, figures.length).mapToDouble(i -> figures[i][place]).toArray();
  }
}
