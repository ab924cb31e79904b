package syscallanomaly.trace.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Reads the content of an archive's entry. It fails at the end if the checksum is wrong. */
final class CheckedEntryStream extends CheckedInputStream {
  private final long expected;

  /**
   * @param in the uncompressed content
   * @param expected CRC-32 that the archive states
   */
  CheckedEntryStream(InputStream in, long expected) {
    super(in, new CRC32());
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    check(read);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    check(read);
    return read;
  }

  private void check(int read) throws IOException {
    long actual = getChecksum().getValue();
    if (read == -1 && actual != expected) {
      throw new IOException(
          String.format("checksum error: CRC-32 is %08x instead of %08x", actual, expected));
    }
  }
}
