package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads files of decimal integers of at least 0, separated by blanks, tabs or line ends. A subclass
 * gets one number after another and says where the next one stands. One reader must not be used by
 * two threads.
 */
abstract class NumberReader {
  /** Most numbers that an array takes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private static final int SHOWN = 24;

  private final byte[] buffer = new byte[1 << 16];
  private final byte[] token = new byte[SHOWN];

  private long bytesBefore;
  private int filled;
  private boolean first;

  private long value;
  private int tokenLength;
  private boolean negative;
  private boolean number;

  /**
   * Takes the next number of the file.
   *
   * @throws RejectedTraceException if it has no place there
   */
  abstract void take(int value) throws RejectedTraceException;

  /**
   * Takes the end of a line, which a line feed or the end of the file marks.
   *
   * @throws RejectedTraceException if the line is not complete
   */
  void endLine() throws RejectedTraceException {}

  /** Where the next number stands, such as {@code position 3}. */
  abstract String place();

  /**
   * Reads all numbers of a file. There is at least one.
   *
   * @throws RejectedTraceException if the content is no sequence of numbers
   * @throws IOException if the content cannot be read
   */
  final void read(InputStream in) throws IOException, RejectedTraceException {
    first = true;
    bytesBefore = 0;
    startToken();
    while ((filled = in.read(buffer)) != -1) {
      readBuffer();
      bytesBefore += filled;
    }
    filled = 0;
    endToken();
    endLine();
    if (first) {
      throw new RejectedTraceException(bytesBefore == 0 ? "is empty" : "holds white space only");
    }
  }

  /** Makes the error about the number or line at {@link #place}. */
  final RejectedTraceException atPlace(String reason) {
    return new RejectedTraceException(place() + ": " + reason);
  }

  /**
   * Checks that a number is an accepted system call.
   *
   * @throws RejectedTraceException if it is larger than the largest one
   */
  final void requireCall(int call, int largestCall) throws RejectedTraceException {
    if (call > largestCall) {
      throw atPlace(call + " is larger than " + largestCall + ", the largest call accepted");
    }
  }

  /**
   * Length of the array that takes more than this number of calls.
   *
   * @param calls number of calls, at least 1
   * @throws RejectedTraceException if no array takes more
   */
  static int lengthAbove(int calls) throws RejectedTraceException {
    if (calls == MOST) {
      throw new RejectedTraceException("has more than " + MOST + " calls");
    }
    return (int) Math.min(MOST, 2L * calls);
  }

  private void readBuffer() throws RejectedTraceException {
    for (int i = 0; i < filled; i++) {
      byte b = buffer[i];
      if (b >= '0' && b <= '9') {
        append(b);
        // The value stops growing when it is beyond an int, so that no number of digits overflows
        // it.
        if (value <= Integer.MAX_VALUE) {
          value = value * 10 + (b - '0');
        }
      } else if (isWhiteSpace(b)) {
        endToken();
        if (b == '\n') {
          endLine();
        }
      } else if (isControl(b)) {
        requireNoByteOrderMark();
        throw binary(i);
      } else {
        negative |= tokenLength == 0 && b == '-';
        number &= tokenLength == 0 && b == '-';
        append(b);
      }
    }
  }

  private void append(byte b) {
    if (tokenLength < SHOWN) {
      token[tokenLength] = b;
    }
    tokenLength++;
  }

  private void startToken() {
    value = 0;
    tokenLength = 0;
    negative = false;
    number = true;
  }

  private void endToken() throws RejectedTraceException {
    if (tokenLength == 0) {
      return;
    }
    if (!number || (negative && tokenLength == 1)) {
      requireNoByteOrderMark();
      // In a picture or a program, the first strange token is only a symptom of binary content.
      for (int i = 0; i < filled; i++) {
        if (isControl(buffer[i])) {
          throw binary(i);
        }
      }
      throw atPlace("'" + shownToken() + "' is not a number");
    }
    if (negative) {
      throw atPlace(shownToken() + " is negative");
    }
    if (value > Integer.MAX_VALUE) {
      throw atPlace(shownToken() + " does not fit in 32 bits");
    }
    take((int) value);
    first = false;
    startToken();
  }

  private RejectedTraceException binary(int index) {
    return new RejectedTraceException(
        String.format("is binary: byte 0x%02x at offset %d", buffer[index], bytesBefore + index));
  }

  /** Calls the mark of UTF-8 or UTF-16 by its name, because editors do not show it. */
  private void requireNoByteOrderMark() throws RejectedTraceException {
    if (!first || tokenLength < 2) {
      return;
    }
    int mark = (token[0] & 0xff) << 8 | (token[1] & 0xff);
    if (mark == 0xfeff || mark == 0xfffe || (mark == 0xefbb && tokenLength > 2)) {
      throw new RejectedTraceException(
          "begins with a byte-order mark; save it as plain text without one");
    }
  }

  private String shownToken() {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(tokenLength, SHOWN); i++) {
      if (token[i] > 0) {
        shown.append((char) token[i]);
      } else {
        shown.append(String.format("\\x%02x", token[i]));
      }
    }
    return tokenLength > SHOWN ? shown + "..." : shown.toString();
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static boolean isControl(byte b) {
    return (b >= 0 && b < ' ' && !isWhiteSpace(b)) || b == 0x7f;
  }
}
