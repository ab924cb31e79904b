package syscallanomaly.jobs.configuration;

import java.util.Map;
import java.util.Optional;

/** Keys of earlier releases that now have another name. */
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

  /** Returns the present name of a key or section; empty if it was never renamed. */
  static Optional<String> newName(String key) {
    return Optional.ofNullable(NEW_NAMES.get(key));
  }
}
