package syscallanomaly.trace.file;

import java.io.Serializable;

/**
 * The place of an entry's content in a zip archive.
 *
 * @param archive the zip, if it is one of the files of a folder; null if the split's place is the
 *     zip
 * @param header position of the entry's local header, in bytes from the archive's start; {@link
 *     #UNUSUAL} if the archive has packed it in an unusual way, such as bzip2
 * @param packed size of the content as it is packed, in bytes
 * @param deflated whether the content is deflated; if not, it is stored as it is
 */
public record ArchivePart(ArchiveFile archive, long header, long packed, boolean deflated)
    implements Serializable {
  /** Stands for the position of an entry that a library has to find and unpack. */
  public static final long UNUSUAL = -1;

  /** Whether the content can be read at its position. */
  public boolean isUsual() {
    return header != UNUSUAL;
  }

  /** The same part of a zip among the files of a folder. */
  ArchivePart in(ArchiveFile zip) {
    return new ArchivePart(zip, header, packed, deflated);
  }
}
