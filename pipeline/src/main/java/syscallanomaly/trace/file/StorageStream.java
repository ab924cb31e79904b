package syscallanomaly.trace.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSError;

/**
 * Reads a single file of a file system. Its errors become {@link StorageException}s, so that they
 * are told from those of decoders, which find damaged content.
 */
final class StorageStream extends FilterInputStream {
  StorageStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.unlessDenied(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.unlessDenied(e);
    }
  }

  @Override
  public long skip(long most) throws IOException {
    try {
      return super.skip(most);
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.unlessDenied(e);
    }
  }
}
