package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The ROC curve of one set of scores: what a detector reports, at every threshold that makes a
 * difference. A trace is reported where its score is at least the threshold.
 *
 * <p>Held as counts per distinct score, highest score first; the rates are quotients of these
 * counts, so nothing is interpolated or rounded.
 */
final class RocCurve {
  private final double[] scores;
  private final long[] normal;
  private final long[] attacks;
  private final long allNormal;
  private final long allAttacks;

  /**
   * @param normal number of normal traces by score, at least one trace
   * @param attacks likewise the attack traces
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
          "Cannot draw a ROC curve from %d normal and %d attack traces: it needs both"
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

  /** Number of distinct scores. */
  int size() {
    return scores.length;
  }

  /** Normal traces with the i-th highest score. */
  long normal(int i) {
    return normal[i];
  }

  /** Attack traces with the i-th highest score. */
  long attacks(int i) {
    return attacks[i];
  }

  /**
   * Area under the curve: the share of pairs (attack, normal) in which the attack has the higher
   * score, equal scores counted half (the Mann-Whitney statistic; Hanley and McNeil, Radiology 143,
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

  /** Highest detection rate among the thresholds with a false-alarm rate of at most this. */
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

  /** Lowest false-alarm rate among the thresholds with a detection rate of at least this. */
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
   * The corners of the curve from (0, 0) to (1, 1); points on the straight line between two others
   * are left out.
   *
   * <p>The threshold of (0, 0), which no score reaches, is positive infinity: "score at least
   * threshold" then holds on every row of the table, with no null to look after, and every table
   * format and SQL engine stores an IEEE double. What writes JSON has to translate it.
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
