package syscallanomaly.trace.file;

import java.util.Optional;

/**
 * A listed file.
 *
 * @param name path relative to the listed place, with parts separated by {@code /}
 * @param bytes uncompressed size in bytes, or -1 if an archive does not state it
 * @param stamp modification time in milliseconds since 1970, or the CRC-32 of an archive's entry
 */
public record TraceFile(String name, long bytes, long stamp) {

  /**
   * Returns the start of a relative path up to its first hidden part, or empty if no part is
   * hidden. A part is hidden if it starts with . or _.
   */
  static Optional<String> hiddenPart(String name) {
    for (int start = 0; start >= 0 && start < name.length(); ) {
      char first = name.charAt(start);
      int slash = name.indexOf('/', start);
      if (first == '.' || first == '_') {
        return Optional.of(slash < 0 ? name : name.substring(0, slash));
      }
      start = slash < 0 ? -1 : slash + 1;
    }
    return Optional.empty();
  }

  static boolean isHidden(String name) {
    return hiddenPart(name).isPresent();
  }
}
