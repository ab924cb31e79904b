package syscallanomaly.trace.file;

import java.io.Serializable;

/**
 * A zip among the files of a folder, as it was listed.
 *
 * @param name path of the zip relative to its split's folder
 * @param bytes size in bytes
 * @param stamp modification time in milliseconds since 1970
 */
public record ArchiveFile(String name, long bytes, long stamp) implements Serializable {
  private static final String INSIDE = "!/";
  private static final String SUFFIX = ".zip";

  /** The start of the names of all entries, such as {@code day1/a.zip!/}. */
  public String prefix() {
    return name + INSIDE;
  }

  /** Whether a file is a zip by its name. */
  public static boolean isArchive(String name) {
    return name.regionMatches(true, name.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
  }

  /**
   * The name of a folder, or of a zip as it stands in the names of its entries, without what tells
   * that it is a zip.
   */
  public static String withoutSuffix(String folder) {
    String archive = folder.endsWith("!") ? folder.substring(0, folder.length() - 1) : "";
    return isArchive(archive) ? archive.substring(0, archive.length() - SUFFIX.length()) : folder;
  }
}
