package syscallanomaly.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;

/**
 * One detector's ROC curve, ready to draw: it runs from (0, 0) to (1, 1) and has no more points
 * than a screen can show.
 *
 * @param detector name of the detector
 * @param population the test traces that the curve counts
 * @param points the points to draw, in order
 */
record RocChart(String detector, Population population, List<RocPoint> points) {
  /** Distance below which two points fall on the same pixel of a chart 500 pixels wide. */
  private static final double SMALLEST_STEP = 1.0 / 500;

  /** Makes the curve through some points. They may come in any order and may lack the two ends. */
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
