package syscallanomaly.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;

/**
 * One detector's ROC curve, ready to draw: from (0, 0) to (1, 1), with no more points than a screen
 * can show.
 */
record RocChart(String detector, Population population, List<RocPoint> points) {
  /** Points nearer than this to the last one drawn fall on the same pixel of a 500-pixel chart. */
  private static final double SMALLEST_STEP = 1.0 / 500;

  /** The curve through these points, which may come in any order and may lack the two ends. */
  static RocChart through(String detector, Population population, List<RocPoint> points) {
    List<RocPoint> ordered = new ArrayList<>(points);
    ordered.add(new RocPoint(detector, population, Double.POSITIVE_INFINITY, 0, 0));
    ordered.add(new RocPoint(detector, population, Double.NEGATIVE_INFINITY, 1, 1));
    ordered.sort(
        Comparator.comparingDouble(RocPoint::fpr)
            .thenComparingDouble(RocPoint::tpr)
            .thenComparing(Comparator.comparingDouble(RocPoint::threshold).reversed()));
    List<RocPoint> drawn = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      RocPoint point = ordered.get(i);
      boolean end = i == 0 || i == ordered.size() - 1;
      if (end || distance(point, drawn.get(drawn.size() - 1)) >= SMALLEST_STEP) {
        drawn.add(point);
      }
    }
    return new RocChart(detector, population, List.copyOf(drawn));
  }

  private static double distance(RocPoint a, RocPoint b) {
    return Math.max(Math.abs(a.fpr() - b.fpr()), Math.abs(a.tpr() - b.tpr()));
  }
}
