package syscallanomaly.jobs.configuration;

import java.util.Map;
import java.util.Optional;

/** Keys of earlier releases that have another name now. */
final class RenamedKeys {
  private static final Map<String, String> NEW_NAMES =
      Map.of(
          "training.split", "sequences.hold-out.rule",
          "training.validation-fraction", "sequences.hold-out.fraction",
          "training.tail-averaging", "training.polyak-averaging",
          "windows.distinct", "sequences.distinct",
          "windows.drop-in", "sequences.drop-in",
          "windows.drop-in.enabled", "sequences.drop-in.enabled",
          "windows.drop-in.max-copies", "sequences.drop-in.max-copies");

  private RenamedKeys() {}

  /** The name that a key or section has now; empty where it was never renamed. */
  static Optional<String> newName(String key) {
    return Optional.ofNullable(NEW_NAMES.get(key));
  }
}
