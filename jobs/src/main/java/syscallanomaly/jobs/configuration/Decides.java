package syscallanomaly.jobs.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * Which output of a run a key decides. An output that was made with another value of the key cannot
 * be used again. In {@code reference.conf}, the comment of a key has a line {@code @decides ...}.
 * In the comment of a section, the line holds for all its keys.
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

  /** Reads the {@code @decides} line of a comment; empty if there is none. */
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
