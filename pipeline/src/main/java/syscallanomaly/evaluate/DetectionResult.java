package syscallanomaly.evaluate;

import java.util.List;

/**
 * Detection figures and ROC curves of one or more detectors.
 *
 * @param detections by detector, population and family, the row of all families first
 * @param roc by detector and population, from (0, 0) to (1, 1)
 */
public record DetectionResult(List<Detection> detections, List<RocPoint> roc) {
  public DetectionResult {
    detections = List.copyOf(detections);
    roc = List.copyOf(roc);
  }
}
