package syscallanomaly.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails as soon as more bytes are read from it than a limit allows. */
final class LimitedStream extends FilterInputStream {
  private final long limit;
  private long bytes;

  /**
   * @param limit number of bytes that may be read, at least 1
   */
  LimitedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    long skipped = super.skip(most);
    count(skipped);
    return skipped;
  }

  /** Returns false: bytes that are read twice would count twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long more) throws TooLargeException {
    bytes += more;
    if (bytes > limit) {
      throw new TooLargeException(limit);
    }
  }

  /**
   * Says that the stream has more bytes than are accepted. The message completes a sentence about
   * the file.
   */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
      super("has more bytes than the %d that are accepted".formatted(limit));
    }
  }
}
