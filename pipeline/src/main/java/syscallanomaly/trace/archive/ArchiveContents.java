package syscallanomaly.trace.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import syscallanomaly.trace.file.ArchivePart;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceSource;

/**
 * Opens entries of a zip archive at the positions that the listing found, without reading the
 * archive's directory. Entries that are packed in an unusual way, such as bzip2, have no position.
 * A library opens these, and reads the directory for the first of them.
 */
final class ArchiveContents implements TraceSource.Contents {
  private static final int HEADER = 0x04034b50;
  private static final int HEADER_LENGTH = 30;
  private static final int INFLATED = 1 << 13;

  private final ArchiveSource source;
  private final Inflater inflater = new Inflater(/* nowrap= */ true);
  private HadoopChannel archive;
  private ZipFile library;

  ArchiveContents(ArchiveSource source) {
    this.source = source;
  }

  @Override
  public InputStream open(TraceFile file) throws IOException {
    InputStream content = file.part().isUsual() ? usual(file.part()) : unusual(file.name());
    return new CheckedEntryStream(content, file.stamp());
  }

  private InputStream usual(ArchivePart part) throws IOException {
    if (archive == null) {
      archive = source.open();
    }
    ByteBuffer header = header(part);
    long start =
        part.header()
            + HEADER_LENGTH
            + Short.toUnsignedInt(header.getShort(26))
            + Short.toUnsignedInt(header.getShort(28));
    InputStream packed = new Range(archive, start, part.packed());
    if (!part.deflated()) {
      return packed;
    }
    inflater.reset();
    // The inflater may ask for one more byte than there is (java.util.zip.Inflater).
    InputStream padded = new SequenceInputStream(packed, new ByteArrayInputStream(new byte[1]));
    return new InflaterInputStream(padded, inflater, INFLATED);
  }

  private ByteBuffer header(ArchivePart part) throws IOException {
    ByteBuffer header = archive.read(part.header(), HEADER_LENGTH);
    if (header.getInt(0) != HEADER) {
      throw new ZipException("its header in the archive is damaged");
    }
    return header;
  }

  private InputStream unusual(String name) throws IOException {
    if (library == null) {
      HadoopChannel channel = source.open();
      try {
        // The local headers only repeat the directory, and reading them costs a seek for every
        // entry.
        library = new ZipFile(channel, source.address(""), "UTF8", true, true);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
    ZipArchiveEntry entry = library.getEntry(source.inside() + name);
    if (entry == null) {
      entry = library.getEntry("./" + source.inside() + name);
    }
    if (entry == null) {
      throw new ZipException("it is packed in an unusual way, and its name is not UTF-8");
    }
    return library.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    try (HadoopChannel closed = archive;
        ZipFile closedToo = library) {
      archive = null;
      library = null;
    }
  }

  /** Bytes of the archive from a position on. */
  private static final class Range extends InputStream {
    private final HadoopChannel archive;
    private final long end;
    private long position;

    Range(HadoopChannel archive, long start, long length) {
      this.archive = archive;
      this.position = start;
      this.end = start + length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      archive.position(position);
      int read =
          archive.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, end - position)));
      if (read < 0) {
        throw new EOFException("the archive ends within it");
      }
      position += read;
      return read;
    }
  }
}
