package syscallanomaly.trace.file;

import java.io.Serializable;

/**
 * The place of an entry's content in a zip archive.
 *
 * @param header position of the entry's local header, in bytes from the archive's start
 * @param packed size of the content as it is packed, in bytes
 * @param deflated whether the content is deflated; if not, it is stored as it is
 */
public record ArchivePart(long header, long packed, boolean deflated) implements Serializable {}
