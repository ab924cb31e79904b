package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import syscallanomaly.score.Calibration;

/**
 * All figures of a detector in a population. Order of use: make it, {@link #resample} it with every
 * draw, then ask for the rows of the tables.
 */
final class PopulationFigures {
  private final String detector;
  private final Population population;
  private final Calibration calibration;
  private final List<ScoreGroup> groups;
  private final Map<Double, Long> normal;
  private final Map<Double, Long> attacks;
  private final Optional<RocCurve> curve;
  private final List<String> families;
  private final Resamples resamples;

  /**
   * @param population the population whose figures these are
   * @param groups the groups of one detector, of any population
   * @param calibration the detector's calibration
   * @param weights the clusters of all groups
   * @param samples number of resamples
   */
  PopulationFigures(
      Population population,
      ScoreGrouping.Groups groups,
      Calibration calibration,
      ClusterWeights weights,
      int samples) {
    this.detector = groups.curves().get(0).detector();
    this.population = population;
    this.calibration = calibration;
    this.groups = groups.curves();
    this.normal = counts(group -> !group.attack() && group.in(population));
    this.attacks = counts(group -> group.attack() && group.in(population));
    this.curve =
        normal.isEmpty() || attacks.isEmpty()
            ? Optional.empty()
            : Optional.of(new RocCurve(normal, attacks));
    this.families =
        this.groups.stream()
            .filter(group -> group.inFamilyOf(population))
            .map(ScoreGroup::family)
            .distinct()
            .sorted()
            .toList();
    this.resamples =
        new Resamples(
            new OrderedGroups(groups.resampled(), population, families, calibration, weights),
            samples,
            weights.ones());
  }

  private Map<Double, Long> counts(Predicate<ScoreGroup> counted) {
    Map<Double, Long> counts = new TreeMap<>();
    groups.stream()
        .filter(counted)
        .forEach(group -> counts.merge(group.score(), group.count(), Long::sum));
    return counts;
  }

  /** Computes the figures of a resample. Several threads may compute different ones. */
  void resample(int resample, int[] weights) {
    resamples.compute(resample, weights);
  }

  /** The points of the curve of all families; none without normal or without attack traces. */
  List<RocPoint> roc() {
    return curve.map(all -> all.points(detector, population)).orElse(List.of());
  }

  /** The row of all families and then that of each; none without normal or attack traces. */
  List<Detection> detections() {
    List<Detection> rows = new ArrayList<>();
    curve.ifPresent(all -> rows.add(detection(Detection.ALL_FAMILIES, 0, all)));
    for (int i = 0; i < families.size() && !rows.isEmpty(); i++) {
      String family = families.get(i);
      Map<Double, Long> own =
          counts(group -> group.inFamilyOf(population) && group.family().equals(family));
      rows.add(detection(family, i + 1, new RocCurve(normal, own)));
    }
    return rows;
  }

  private Detection detection(String family, int row, RocCurve scores) {
    double tprAtFpr05 = scores.tprAtFpr(.05);
    double tprAtFpr10 = scores.tprAtFpr(.10);
    double tprAtFpr20 = scores.tprAtFpr(.20);
    double fprAtTpr90 = scores.fprAtTpr(.90);
    Interval auc = resamples.interval(WeightedPass.AUC, row, scores.auc());
    Interval at05 = resamples.interval(WeightedPass.TPR_AT_FPR_05, row, tprAtFpr05);
    Interval at10 = resamples.interval(WeightedPass.TPR_AT_FPR_10, row, tprAtFpr10);
    Interval at20 = resamples.interval(WeightedPass.TPR_AT_FPR_20, row, tprAtFpr20);
    Interval at90 = resamples.interval(WeightedPass.FPR_AT_TPR_90, row, fprAtTpr90);
    return new Detection(
        detector,
        family,
        population,
        scores.normal(),
        scores.attacks(),
        scores.auc(),
        auc.low(),
        auc.high(),
        scores.tprAtFpr(.01),
        tprAtFpr05,
        at05.low(),
        at05.high(),
        tprAtFpr10,
        at10.low(),
        at10.high(),
        scores.tprAtFpr(.15),
        tprAtFpr20,
        at20.low(),
        at20.high(),
        fprAtTpr90,
        at90.low(),
        at90.high());
  }

  /** The row of each asked rate; none without normal traces. */
  List<OperatingPoint> operatingPoints() {
    List<OperatingPoint> rows = new ArrayList<>();
    for (int i = 0; i < OperatingPoint.ASKED.size() && !normal.isEmpty(); i++) {
      rows.add(operatingPoint(i, OperatingPoint.ASKED.get(i)));
    }
    return rows;
  }

  private OperatingPoint operatingPoint(int asked, double rate) {
    double threshold = calibration.threshold(rate);
    double falseAlarmRate = alarms(normal, rate);
    Interval falseAlarms = resamples.falseAlarmRate(asked, falseAlarmRate);
    Optional<Double> detectionRate =
        attacks.isEmpty() ? Optional.empty() : Optional.of(alarms(attacks, rate));
    Interval detections =
        detectionRate.map(found -> resamples.detectionRate(asked, found)).orElse(Interval.NONE);
    return new OperatingPoint(
        detector,
        population,
        rate,
        Double.isFinite(threshold) ? threshold : null,
        falseAlarmRate,
        falseAlarms.low(),
        falseAlarms.high(),
        detectionRate.orElse(null),
        detections.low(),
        detections.high());
  }

  /** The share of traces that raise an alarm at an asked rate. */
  private double alarms(Map<Double, Long> counts, double rate) {
    double all = 0;
    double alarms = 0;
    for (Map.Entry<Double, Long> score : counts.entrySet()) {
      all += score.getValue();
      alarms += calibration.alarm(score.getKey(), rate) ? score.getValue() : 0;
    }
    return alarms / all;
  }

  /** What other detectors are compared with; empty without normal or without attack traces. */
  Optional<Resamples.Area> area() {
    return curve.map(all -> resamples.area(detector, population, all.auc()));
  }
}
