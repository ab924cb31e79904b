package syscallanomaly.jobs.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * What of a run's output a key decides, so that an output that was made under another value is not
 * taken for this run's. {@code reference.conf} says it with a line {@code @decides ...} in the
 * comment of a key, or of a section for all keys in it.
 */
public enum Decides {
  /** The sequences that the windows step writes, and with them the training. */
  SEQUENCES,
  /** The training, but not its sequences. */
  TRAINING,
  /** Nothing that a later step reads. */
  NOTHING;

  private static final String TAG = "@decides ";

  static boolean isTag(String line) {
    return line.strip().startsWith(TAG);
  }

  /** What the lines of a comment say; empty where no line says anything. */
  static Optional<Decides> in(Iterable<String> comment) {
    for (String line : comment) {
      if (isTag(line)) {
        return Optional.of(
            valueOf(line.strip().substring(TAG.length()).strip().toUpperCase(Locale.ROOT)));
      }
    }
    return Optional.empty();
  }
}
