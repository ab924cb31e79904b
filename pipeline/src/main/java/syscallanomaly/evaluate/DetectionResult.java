package syscallanomaly.evaluate;

import java.util.List;

/**
 * Detection figures and ROC curves of one or more detectors.
 *
 * @param detections ordered by detector, population and family; the row of all families comes first
 * @param roc points ordered by detector and population, from (0, 0) to (1, 1) in each curve
 */
public record DetectionResult(List<Detection> detections, List<RocPoint> roc) {
  public DetectionResult {
    detections = List.copyOf(detections);
    roc = List.copyOf(roc);
  }
}
