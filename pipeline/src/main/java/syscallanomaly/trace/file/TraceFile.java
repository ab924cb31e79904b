package syscallanomaly.trace.file;

import java.io.Serializable;
import java.util.Optional;

/**
 * A listed file.
 *
 * @param name path relative to the listed place, with parts separated by {@code /}
 * @param bytes uncompressed size in bytes, or -1 if it is not known
 * @param stamp modification time in milliseconds since 1970, or the CRC-32 of an archive's entry
 * @param part place of the content in an archive; null if the file lies in a folder
 * @param refusal reason why the file cannot be read, which completes a sentence about it, such as
 *     {@code is a link to nothing}; null if it can be opened
 */
public record TraceFile(String name, long bytes, long stamp, ArchivePart part, String refusal)
    implements Serializable {
  /** A file in a folder. */
  public TraceFile(String name, long bytes, long stamp) {
    this(name, bytes, stamp, null, null);
  }

  /** What the listing found and nobody can read as a file. It must not be opened. */
  static TraceFile refused(String name, String reason) {
    return new TraceFile(name, -1, 0, null, reason);
  }

  /** The same file, which must not be opened. */
  public TraceFile refused(String reason) {
    return new TraceFile(name, bytes, stamp, part, reason);
  }

  /** The entry of a zip, seen from the folder in which the zip lies. */
  public TraceFile in(ArchiveFile zip) {
    return new TraceFile(
        zip.prefix() + name, bytes, stamp, part == null ? null : part.in(zip), refusal);
  }

  /** The same file, seen from a folder that is {@code prefix} below the place. */
  public TraceFile below(String prefix) {
    return new TraceFile(name.substring(prefix.length()), bytes, stamp, part, refusal);
  }

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

  /** Says whether any part of a relative path is hidden, which means that it starts with . or _. */
  public static boolean isHidden(String name) {
    return hiddenPart(name).isPresent();
  }
}
