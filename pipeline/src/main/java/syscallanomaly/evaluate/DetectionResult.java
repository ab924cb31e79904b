package syscallanomaly.evaluate;

import java.util.List;

/**
 * What one or more detectors came to. All lists are ordered by detector, in the order in which the
 * detectors were given, and then by population.
 *
 * @param detections detection figures; the row of all families comes before those of each family
 * @param operatingPoints what was asked and what came, by ascending asked rate
 * @param comparisons each pair of detectors, the one that was given first as {@code detector}
 * @param roc points from (0, 0) to (1, 1) in each curve
 */
public record DetectionResult(
    List<Detection> detections,
    List<OperatingPoint> operatingPoints,
    List<Comparison> comparisons,
    List<RocPoint> roc) {
  public DetectionResult {
    detections = List.copyOf(detections);
    operatingPoints = List.copyOf(operatingPoints);
    comparisons = List.copyOf(comparisons);
    roc = List.copyOf(roc);
  }
}
