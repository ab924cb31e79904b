package syscallanomaly.trace.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import syscallanomaly.trace.file.ArchivePart;
import syscallanomaly.trace.file.FileName;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;

/**
 * Reads the directory at the end of a zip archive, one entry after another (PKWARE: .ZIP File
 * Format Specification 6.3.10, sections 4.3.12 to 4.3.16, 4.4 and 4.5.3). It holds no more than one
 * entry in memory.
 *
 * <p>The library that reads unusual entries keeps the positions of the entries to itself, and holds
 * the whole directory in memory.
 */
final class CentralDirectory {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LENGTH = 56;
  private static final int RECORD = 0x02014b50;
  private static final int RECORD_LENGTH = 46;
  private static final int SIZES_64 = 1;
  private static final long IN_SIZES_64 = 0xffff_ffffL;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final HadoopChannel archive;

  /** Position of the first record. */
  private long start;

  /** Position behind the last record. */
  private long end;

  /** Number of records, or its lowest 16 bits. */
  private long count;

  private long countMask;

  /** Number of bytes that stand before the archive, such as a program that unpacks it. */
  private long shift;

  private CentralDirectory(HadoopChannel archive) {
    this.archive = archive;
  }

  /**
   * Reads all entries in the order of the directory. Their names are those in the archive; a folder
   * ends with /.
   *
   * @throws ZipException if this is no zip, if the directory is damaged, or if the archive is one
   *     part of several
   * @throws StorageException if the file system fails
   */
  static void read(HadoopChannel archive, Consumer<TraceFile> entries) throws IOException {
    CentralDirectory directory = new CentralDirectory(archive);
    directory.find();
    directory.readRecords(entries);
  }

  private void find() throws IOException {
    int length = (int) Math.min(archive.size(), END_LENGTH + LONGEST_COMMENT);
    long tailStart = archive.size() - length;
    ByteBuffer tail = archive.read(tailStart, length);
    for (int at = length - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_LENGTH + unsignedShort(tail, at + 20) <= length) {
        useEnd(tail.slice(at, END_LENGTH).order(ByteOrder.LITTLE_ENDIAN), tailStart + at);
        if (start < 0 || end < start || end > archive.size()) {
          throw new ZipException("its directory would lie outside of it");
        }
        return;
      }
    }
    throw new ZipException("it does not end with the directory of a zip");
  }

  private void useEnd(ByteBuffer record, long at) throws IOException {
    if (at >= LOCATOR_LENGTH) {
      ByteBuffer locator = archive.read(at - LOCATOR_LENGTH, LOCATOR_LENGTH);
      if (locator.getInt(0) == LOCATOR) {
        useEnd64(locator.getLong(8), at - LOCATOR_LENGTH);
        return;
      }
    }
    requireWhole(unsignedShort(record, 4));
    count = unsignedShort(record, 10);
    countMask = 0xffff;
    long length = unsignedInt(record, 12);
    long stated = unsignedInt(record, 16);
    shift = Math.max(0, at - length - stated);
    start = stated + shift;
    end = start + length;
  }

  /**
   * @param stated where the archive says that the record stands
   * @param behind position behind the record, if nothing follows it
   */
  private void useEnd64(long stated, long behind) throws IOException {
    if (!isEnd64(stated)) {
      shift = behind - END_64_LENGTH - stated;
    }
    if (shift < 0 || !isEnd64(stated + shift)) {
      throw new ZipException("the end of its directory is damaged");
    }
    ByteBuffer record = archive.read(stated + shift, END_64_LENGTH);
    requireWhole(record.getInt(16));
    count = record.getLong(32);
    countMask = -1;
    start = record.getLong(48) + shift;
    end = start + record.getLong(40);
  }

  private boolean isEnd64(long at) throws IOException {
    return at >= 0
        && at + END_64_LENGTH <= archive.size()
        && archive.read(at, END_64_LENGTH).getInt(0) == END_64;
  }

  private static void requireWhole(int disk) throws ZipException {
    if (disk != 0) {
      throw new ZipException("it is one part of several; join them");
    }
  }

  private void readRecords(Consumer<TraceFile> entries) throws IOException {
    long position = start;
    long read = 0;
    while (position + RECORD_LENGTH <= end) {
      ByteBuffer record = archive.read(position, RECORD_LENGTH);
      // A signature of the directory may stand behind the last record.
      if (record.getInt(0) != RECORD && (read & countMask) == count) {
        break;
      }
      if (record.getInt(0) != RECORD) {
        throw new ZipException("its directory is damaged at offset " + position);
      }
      int nameLength = unsignedShort(record, 28);
      int extraLength = unsignedShort(record, 30);
      ByteBuffer rest = archive.read(position + RECORD_LENGTH, nameLength + extraLength);
      byte[] name = new byte[nameLength];
      rest.get(name);
      entries.accept(entry(record, name, rest.slice().order(ByteOrder.LITTLE_ENDIAN)));
      position += RECORD_LENGTH + nameLength + extraLength + unsignedShort(record, 32);
      read++;
    }
    if ((read & countMask) != count) {
      throw new ZipException(
          "its directory has %d entries where it states %d".formatted(read, count));
    }
  }

  private TraceFile entry(ByteBuffer record, byte[] nameBytes, ByteBuffer extra)
      throws ZipException {
    String name = FileName.of(nameBytes).text();
    boolean fromDos = unsignedShort(record, 4) >> 8 == 0;
    if (fromDos && !name.contains("/")) {
      name = name.replace('\\', '/');
    }
    long packed = unsignedInt(record, 20);
    long bytes = unsignedInt(record, 24);
    long header = unsignedInt(record, 42);
    ByteBuffer large = sizes64(extra);
    // The extra field holds only those that do not fit in the record, in this order.
    if (bytes == IN_SIZES_64 && large.remaining() >= Long.BYTES) {
      bytes = large.getLong();
    }
    if (packed == IN_SIZES_64 && large.remaining() >= Long.BYTES) {
      packed = large.getLong();
    }
    if (header == IN_SIZES_64 && large.remaining() >= Long.BYTES) {
      header = large.getLong();
    }
    if (bytes < 0 || packed < 0 || header < 0) {
      throw new ZipException("its directory states a negative size");
    }
    int method = unsignedShort(record, 10);
    boolean usual =
        (method == STORED || method == DEFLATED) && (unsignedShort(record, 8) & ENCRYPTED) == 0;
    return new TraceFile(
        name,
        bytes,
        unsignedInt(record, 16),
        new ArchivePart(
            null, usual ? header + shift : ArchivePart.UNUSUAL, packed, method == DEFLATED),
        null);
  }

  /** Returns the content of the extra field with the sizes of 64 bits, or nothing. */
  private static ByteBuffer sizes64(ByteBuffer extra) {
    while (extra.remaining() >= 2 * Short.BYTES) {
      int kind = Short.toUnsignedInt(extra.getShort());
      int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
      if (kind == SIZES_64) {
        return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private static int unsignedShort(ByteBuffer buffer, int at) {
    return Short.toUnsignedInt(buffer.getShort(at));
  }

  private static long unsignedInt(ByteBuffer buffer, int at) {
    return Integer.toUnsignedLong(buffer.getInt(at));
  }
}
