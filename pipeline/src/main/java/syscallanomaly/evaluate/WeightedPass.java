package syscallanomaly.evaluate;

import java.util.Arrays;

/**
 * Computes the figures of one resample in one pass from the highest score down.
 *
 * <p>With N(i) normal and A(i) attack traces at the i-th highest score, each multiplied by the
 * weight of its cluster:
 *
 * <pre>{@code
 * AUC = sum over i of A(i) (N(i) / 2 + N(i + 1) + N(i + 2) + ...) / (sum of N * sum of A)
 * }</pre>
 *
 * <p>A row without normal traces or without attack traces has no figures: they are NaN.
 */
final class WeightedPass {
  /** The figures of a row, in their order: the AUC, then the rates at these limits. */
  static final int AUC = 0;

  static final int TPR_AT_FPR_05 = 1;
  static final int TPR_AT_FPR_10 = 2;
  static final int TPR_AT_FPR_20 = 3;
  static final int FPR_AT_TPR_90 = 4;
  private static final int FIGURES = 5;
  private static final double[] FPR_LIMITS = {.05, .10, .20};
  private static final double TPR_LIMIT = .90;

  private final OrderedGroups groups;
  private final int[] weights;
  private final double[] figures;
  private final double[] attacks;
  private final double[] attacksAbove;
  private final double[] pairsWon;
  private double normal;
  private double normalAbove;
  private int limitsPassed;
  private int ratesPassed;

  private WeightedPass(OrderedGroups groups, int[] weights) {
    this.groups = groups;
    this.weights = weights;
    this.figures = new double[falseAlarmRate(groups.rows(), groups.alarms.length)];
    this.attacks = new double[groups.rows()];
    this.attacksAbove = new double[groups.rows()];
    this.pairsWon = new double[groups.rows()];
  }

  /** The place of a figure of a row. */
  static int place(int figure, int row) {
    return row * FIGURES + figure;
  }

  /** The place of the false-alarm rate at the n-th asked rate; the detection rate follows it. */
  static int falseAlarmRate(int rows, int asked) {
    return rows * FIGURES + 2 * asked;
  }

  /**
   * Computes all figures.
   *
   * @param weights weight of every cluster
   */
  static double[] figures(OrderedGroups groups, int[] weights) {
    WeightedPass pass = new WeightedPass(groups, weights);
    pass.run();
    return pass.figures;
  }

  private void run() {
    Arrays.fill(figures, Double.NaN);
    addUp();
    int start = 0;
    for (int end : groups.ends) {
      recordAlarms(start);
      int firstAttack = start;
      double normalHere = 0;
      while (firstAttack < end && !groups.attack[firstAttack]) {
        normalHere += weighted(groups.count, firstAttack++);
      }
      recordDetectionRates(normalAbove + normalHere);
      double normalBelow = normal - normalAbove - normalHere / 2;
      for (int i = firstAttack; i < end; i++) {
        addAttack(i, attacksAbove, 1);
        addAttack(i, pairsWon, normalBelow);
      }
      normalAbove += normalHere;
      recordFalseAlarmRates(firstAttack, end);
      start = end;
    }
    recordAlarms(start);
    for (int row = 0; row < groups.rows(); row++) {
      figures[place(AUC, row)] = pairsWon[row] / (normal * attacks[row]);
    }
  }

  private void addUp() {
    for (int i = 0; i < groups.attack.length; i++) {
      if (groups.attack[i]) {
        addAttack(i, attacks, 1);
      } else {
        normal += weighted(groups.count, i);
      }
    }
  }

  private void addAttack(int i, double[] sums, double times) {
    sums[0] += weighted(groups.count, i) * times;
    sums[groups.row[i]] += weighted(groups.countInFamily, i) * times;
  }

  private double weighted(long[] counts, int i) {
    return (double) counts[i] * weights[groups.cluster[i]];
  }

  /** Records the rates at each asked rate whose last alarm is above this group. */
  private void recordAlarms(int group) {
    while (ratesPassed < groups.alarms.length && groups.alarms[ratesPassed] == group) {
      int place = falseAlarmRate(groups.rows(), ratesPassed++);
      figures[place] = normalAbove / normal;
      figures[place + 1] = attacksAbove[0] / attacks[0];
    }
  }

  /** Records the detection rates above this score at each limit that it exceeds. */
  private void recordDetectionRates(double normalReported) {
    while (limitsPassed < FPR_LIMITS.length && normalReported / normal > FPR_LIMITS[limitsPassed]) {
      for (int row = 0; row < groups.rows(); row++) {
        figures[place(TPR_AT_FPR_05 + limitsPassed, row)] = attacksAbove[row] / attacks[row];
      }
      limitsPassed++;
    }
  }

  /** Records the false-alarm rate of each row of which enough attacks are reported now. */
  private void recordFalseAlarmRates(int firstAttack, int end) {
    for (int i = firstAttack; i < end; i++) {
      recordFalseAlarmRate(0);
      recordFalseAlarmRate(groups.row[i]);
    }
  }

  private void recordFalseAlarmRate(int row) {
    int place = place(FPR_AT_TPR_90, row);
    if (Double.isNaN(figures[place]) && attacksAbove[row] / attacks[row] >= TPR_LIMIT) {
      figures[place] = normalAbove / normal;
    }
  }
}
