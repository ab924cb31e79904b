package syscallanomaly.trace.line;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the lines that begin in a piece of a file. A line ends with a line feed or with the file; a
 * carriage return before the line feed is left out. Of a line that is too long only the beginning
 * is kept, so that memory is bounded whatever the file holds.
 */
final class LineReader implements Closeable {
  /** Most bytes of a line that are kept. */
  static final int MOST_BYTES = 1 << 16;

  private final InputStream in;
  private final long end;
  private final byte[] buffer = new byte[4 * MOST_BYTES];

  /** Position in the file of the first byte in the buffer. */
  private long bufferPosition;

  private int next;
  private int filled;

  private long linePosition;
  private String line;
  private boolean cut;
  private boolean binary;

  /**
   * @param in content from {@code start - 1} on, or from 0 if {@code start} is 0
   * @param start position of the piece
   * @param end position behind the piece
   */
  LineReader(InputStream in, long start, long end) throws IOException {
    this.in = in;
    this.end = end;
    if (start > 0) {
      bufferPosition = start - 1;
      // The line in which the piece begins belongs to the piece before it.
      skipLine();
    }
  }

  /** Reads the next line. Returns false if no other line begins in the piece. */
  boolean read() throws IOException {
    if (next == filled && !fill()) {
      return false;
    }
    linePosition = bufferPosition + next;
    if (linePosition >= end) {
      return false;
    }
    int feed = find(next);
    // One byte more tells whether the line is too long.
    while (feed < 0 && filled - next <= MOST_BYTES) {
      int searched = filled - next;
      if (!refill()) {
        break;
      }
      feed = find(next + searched);
    }
    int stop = feed < 0 ? filled : feed;
    cut = stop - next > MOST_BYTES;
    int length = cut ? MOST_BYTES : stop - next;
    if (!cut && length > 0 && feed >= 0 && buffer[next + length - 1] == '\r') {
      length--;
    }
    decode(next, length);
    if (feed >= 0) {
      next = feed + 1;
    } else {
      next = filled;
      cut |= skipRest();
    }
    return true;
  }

  /** Skips what is left of a line whose beginning was read. Returns whether there was more. */
  private boolean skipRest() throws IOException {
    if (!fill()) {
      return false;
    }
    skipLine();
    return true;
  }

  /** Skips to the next line, or to the end of the piece if that comes first. */
  private void skipLine() throws IOException {
    while (bufferPosition + next < end && (next < filled || fill())) {
      int feed = find(next);
      if (feed >= 0) {
        next = feed + 1;
        return;
      }
      next = filled;
    }
  }

  private int find(int from) {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Reads into the empty buffer. Returns false at the end of the file. */
  private boolean fill() throws IOException {
    bufferPosition += filled;
    next = 0;
    filled = 0;
    return more();
  }

  /** Reads behind what is left in the buffer. Returns false at the end of the file. */
  private boolean refill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    bufferPosition += next;
    filled -= next;
    next = 0;
    return more();
  }

  private boolean more() throws IOException {
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read > 0) {
      filled += read;
    }
    return read > 0;
  }

  private void decode(int from, int length) {
    binary = false;
    for (int i = from; i < from + length; i++) {
      if (buffer[i] == 0) {
        binary = true;
        break;
      }
    }
    line = new String(buffer, from, length, StandardCharsets.UTF_8);
  }

  /** The line without its end. Bytes that are not UTF-8 are replaced. */
  String line() {
    return line;
  }

  /** Position of the line's first byte in the file. */
  long position() {
    return linePosition;
  }

  /** Whether only the beginning of the line is here. */
  boolean isCut() {
    return cut;
  }

  /** Whether the line holds the byte 0, which no text holds. */
  boolean isBinary() {
    return binary;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
