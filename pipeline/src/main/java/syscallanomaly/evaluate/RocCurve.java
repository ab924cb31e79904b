package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The ROC curve of one set of scores: the rates at every threshold that changes what a detector
 * reports. A trace is reported if its score is at least the threshold.
 *
 * <pre>{@code
 * false-alarm rate(threshold) = normal traces with score >= threshold / normal traces
 * detection rate(threshold)   = attack traces with score >= threshold / attack traces
 * }</pre>
 *
 * <p>The curve is stored as counts for each distinct score, highest score first. The rates are
 * quotients of these counts, so nothing is interpolated or rounded.
 */
final class RocCurve {
  private final double[] scores;
  private final long[] normal;
  private final long[] attacks;
  private final long allNormal;
  private final long allAttacks;

  /**
   * Makes the curve of the traces' scores.
   *
   * @param normal number of normal traces for each score, at least one trace
   * @param attacks number of attack traces for each score, at least one trace
   * @throws IllegalArgumentException if there are no normal traces or no attack traces
   */
  RocCurve(Map<Double, Long> normal, Map<Double, Long> attacks) {
    NavigableSet<Double> distinct = new TreeSet<>(Collections.reverseOrder());
    distinct.addAll(normal.keySet());
    distinct.addAll(attacks.keySet());
    this.scores = distinct.stream().mapToDouble(Double::doubleValue).toArray();
    this.normal = distinct.stream().mapToLong(score -> normal.getOrDefault(score, 0L)).toArray();
    this.attacks = distinct.stream().mapToLong(score -> attacks.getOrDefault(score, 0L)).toArray();
    this.allNormal = normal.values().stream().mapToLong(Long::longValue).sum();
    this.allAttacks = attacks.values().stream().mapToLong(Long::longValue).sum();
    if (allNormal == 0 || allAttacks == 0) {
      throw new IllegalArgumentException(
          "Cannot draw a ROC curve from %d normal and %d attack traces: it needs at least one of each"
              .formatted(allNormal, allAttacks));
    }
  }

  /** Number of normal traces. */
  long normal() {
    return allNormal;
  }

  /** Number of attack traces. */
  long attacks() {
    return allAttacks;
  }

  /**
   * Area under the curve, 0..1: the share of pairs (attack, normal) in which the attack has the
   * higher score; a pair with equal scores counts one half. With n(i) normal and a(i) attack traces
   * at the i-th highest score:
   *
   * <pre>{@code
   * AUC = sum over i of n(i) (a(1) + ... + a(i-1) + a(i) / 2) / (normal traces * attack traces)
   * }</pre>
   *
   * This is the Mann-Whitney statistic divided by the number of pairs (Hanley and McNeil: The
   * meaning and use of the area under a receiver operating characteristic curve, Radiology 143,
   * 1982).
   */
  double auc() {
    double won = 0;
    double attacksAbove = 0;
    for (int i = 0; i < scores.length; i++) {
      won += normal[i] * (attacksAbove + attacks[i] / 2.0);
      attacksAbove += attacks[i];
    }
    return won / ((double) allNormal * allAttacks);
  }

  /**
   * Highest detection rate of all thresholds whose false-alarm rate is at most {@code highest}.
   *
   * @param highest allowed false-alarm rate, 0..1
   * @return a rate, 0..1; 0 if no score is a threshold with so few false alarms
   */
  double tprAtFpr(double highest) {
    double best = 0;
    long reportedNormal = 0;
    long reportedAttacks = 0;
    for (int i = 0; i < scores.length; i++) {
      reportedNormal += normal[i];
      reportedAttacks += attacks[i];
      if (share(reportedNormal, allNormal) > highest) {
        break;
      }
      best = share(reportedAttacks, allAttacks);
    }
    return best;
  }

  /**
   * Lowest false-alarm rate of all thresholds whose detection rate is at least {@code lowest}.
   *
   * @param lowest required detection rate, 0..1
   * @return a rate, 0..1
   */
  double fprAtTpr(double lowest) {
    long reportedNormal = 0;
    long reportedAttacks = 0;
    for (int i = 0; i < scores.length && share(reportedAttacks, allAttacks) < lowest; i++) {
      reportedNormal += normal[i];
      reportedAttacks += attacks[i];
    }
    return share(reportedNormal, allNormal);
  }

  /**
   * Returns the corners of the curve from (0, 0) to (1, 1). Points on the straight line between two
   * others are left out.
   *
   * <p>The threshold of (0, 0) is positive infinity, which no score reaches. The condition "score
   * at least threshold" then holds in every row of the table without a null, and every table format
   * and SQL engine can store an IEEE double. Code that writes JSON has to translate it.
   */
  List<RocPoint> points(String detector, Population population) {
    List<RocPoint> points = new ArrayList<>();
    points.add(new RocPoint(detector, population, Double.POSITIVE_INFINITY, 0, 0));
    long reportedNormal = 0;
    long reportedAttacks = 0;
    long normalSinceCorner = 0;
    long attacksSinceCorner = 0;
    for (int i = 0; i < scores.length; i++) {
      reportedNormal += normal[i];
      reportedAttacks += attacks[i];
      normalSinceCorner += normal[i];
      attacksSinceCorner += attacks[i];
      boolean last = i == scores.length - 1;
      if (last || turns(normalSinceCorner, attacksSinceCorner, normal[i + 1], attacks[i + 1])) {
        points.add(
            new RocPoint(
                detector,
                population,
                scores[i],
                share(reportedNormal, allNormal),
                share(reportedAttacks, allAttacks)));
        normalSinceCorner = 0;
        attacksSinceCorner = 0;
      }
    }
    return points;
  }

  private static boolean turns(long normal, long attacks, long nextNormal, long nextAttacks) {
    return Math.multiplyExact(normal, nextAttacks) != Math.multiplyExact(attacks, nextNormal);
  }

  private static double share(long part, long whole) {
    return (double) part / whole;
  }
}
