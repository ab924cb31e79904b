package syscallanomaly.trace.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import syscallanomaly.trace.file.StorageException;

/**
 * Presents a zip archive on a Hadoop file system as a read-only channel. It reads ahead, so that
 * entries that lie side by side are read together. Errors of the file system become {@link
 * StorageException}s.
 */
final class HadoopChannel implements SeekableByteChannel {
  private static final int READ_AHEAD = 1 << 16;

  private final FSDataInputStream in;
  private final long size;
  private final long modified;
  private final byte[] buffer = new byte[READ_AHEAD];
  private long bufferStart;
  private int bufferLength;
  private long position;
  private boolean open = true;

  private HadoopChannel(FSDataInputStream in, long size, long modified) {
    this.in = in;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Opens an archive. The caller must close it.
   *
   * @param archive fully qualified path
   * @throws StorageException if the file system refuses
   */
  static HadoopChannel open(Configuration configuration, Path archive) throws StorageException {
    try {
      FileSystem files = archive.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(archive);
      return new HadoopChannel(files.open(archive), status.getLen(), status.getModificationTime());
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.of(e);
    }
  }

  /** Modification time of the archive in milliseconds since 1970. */
  long modified() {
    return modified;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (!target.hasRemaining()) {
      return 0;
    }
    // Some file systems refuse to seek to the end of a file.
    if (position >= size) {
      return -1;
    }
    if (position < bufferStart || position >= bufferStart + bufferLength) {
      fill();
    }
    int offset = (int) (position - bufferStart);
    int count = Math.min(target.remaining(), bufferLength - offset);
    target.put(buffer, offset, count);
    position += count;
    return count;
  }

  private void fill() throws StorageException {
    bufferLength = 0;
    bufferStart = position;
    try {
      if (in.getPos() != position) {
        in.seek(position);
      }
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, size - position));
      if (read <= 0) {
        throw new StorageException(
            "it has become shorter than the %d bytes it had".formatted(size));
      }
      bufferLength = read;
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.of(e);
    }
  }

  /**
   * Reads bytes from a position on, as a buffer in the byte order of zip archives.
   *
   * @throws EOFException if the archive ends before
   */
  ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    position(from);
    while (bytes.hasRemaining()) {
      if (read(bytes) < 0) {
        throw new EOFException("it ends within %d bytes at offset %d".formatted(length, from));
      }
    }
    return bytes.flip();
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("negative position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
