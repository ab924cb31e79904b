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
   * The area under the curve of all families.
   *
   * @param area the area itself
   */
  Area area(String detector, Population population, double area) {
    int place = WeightedPass.place(WeightedPass.AUC, 0);
    return new Area(
        detector,
        population,
        area,
        unweighted[place],
        column(place),
        groups.normalClusters() > 1 && groups.attackClusters(0) > 1);
  }

  private double[] column(int place) {
    return IntStream.range(0, figures.length).mapToDouble(i -> figures[i][place]).toArray();
  }

  /**
   * The area under a detector's curve (AUC), and under its curve in every resample. It is all that
   * a comparison with another detector needs.
   *
   * @param detector name of the detector
   * @param population the population whose traces the curve counts
   * @param area the area itself
   * @param unweighted area under the curve of the groups that are resampled, each taken once
   * @param resampled area in each resample
   * @param hasInterval whether neither the normal traces nor the attack traces all belong to one
   *     cluster
   */
  record Area(
      String detector,
      Population population,
      double area,
      double unweighted,
      double[] resampled,
      boolean hasInterval) {

    /**
     * Compares this detector with another one.
     *
     * @param other area of the same population, in the same resamples
     */
    Comparison comparison(Area other) {
      double difference = area - other.area;
      double[] differences =
          IntStream.range(0, resampled.length)
              .mapToDouble(i -> resampled[i] - other.resampled[i])
              .toArray();
      double shift = difference - (unweighted - other.unweighted);
      Interval interval = hasInterval ? Interval.of(differences, shift, -1) : Interval.NONE;
      return new Comparison(
          detector, other.detector, population, difference, interval.low(), interval.high());
    }
  }
}
