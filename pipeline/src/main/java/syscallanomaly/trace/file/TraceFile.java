package syscallanomaly.trace.file;

/**
 * A listed file.
 *
 * @param name path relative to the listed place, with parts separated by {@code /}
 * @param bytes uncompressed size in bytes, or -1 if an archive does not state it
 * @param stamp modification time in milliseconds since 1970, or the CRC-32 of an archive's entry
 */
public record TraceFile(String name, long bytes, long stamp) {

  /** Says whether any part of a relative path is hidden, which means that it starts with . or _. */
  static boolean isHidden(String name) {
    for (int start = 0; start >= 0 && start < name.length(); ) {
      char first = name.charAt(start);
      if (first == '.' || first == '_') {
        return true;
      }
      int slash = name.indexOf('/', start);
      start = slash < 0 ? -1 : slash + 1;
    }
    return false;
  }
}
