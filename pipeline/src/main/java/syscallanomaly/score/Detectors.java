package syscallanomaly.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lists all detectors of this program. To add one, write a class that implements {@link Detector}
 * and name it here. Configuration, help, tables and report take the names from this list.
 */
public final class Detectors {
  /** Detectors by name, in the order in which reports show them. */
  private static final Map<String, Function<DetectorInput, Detector>> BY_NAME = byName();

  private Detectors() {}

  private static Map<String, Function<DetectorInput, Detector>> byName() {
    Map<String, Function<DetectorInput, Detector>> detectors = new LinkedHashMap<>();
    detectors.put(LstmDetector.NAME, LstmDetector::new);
    detectors.put(StideDetector.NAME, StideDetector::new);
    return detectors;
  }

  /** The names of all detectors, in the order in which reports show them. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Makes the detectors that {@link ScoreSettings#detectors()} names, in the order of {@link
   * #names}.
   */
  public static List<Detector> of(DetectorInput input) {
    return BY_NAME.entrySet().stream()
        .filter(detector -> input.settings().detectors().contains(detector.getKey()))
        .map(detector -> detector.getValue().apply(input))
        .toList();
  }
}
