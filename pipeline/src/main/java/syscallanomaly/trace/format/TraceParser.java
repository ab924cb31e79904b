package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the calls of one trace. They are decimal integers of at least 0, separated by blanks, tabs
 * or line ends. The memory it takes grows only with the number of calls. One parser must not be
 * used by two threads.
 */
public final class TraceParser {
  private static final int MAX_CALLS = Integer.MAX_VALUE - 8;
  private static final int SHOWN = 24;

  private final int largestCall;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] token = new byte[SHOWN];

  private int[] calls = new int[1024];
  private int count;
  private long bytesBefore;
  private int filled;

  private long value;
  private int tokenLength;
  private boolean negative;
  private boolean number;

  /**
   * @param largestCall largest accepted system-call number, at least 0
   */
  public TraceParser(int largestCall) {
    this.largestCall = largestCall;
  }

  /**
   * Reads the calls of a trace in their order. There is at least one.
   *
   * @throws RejectedTraceException if the content is no trace
   * @throws IOException if the content cannot be read
   */
  public int[] parse(InputStream in) throws IOException, RejectedTraceException {
    count = 0;
    bytesBefore = 0;
    startToken();
    while ((filled = in.read(buffer)) != -1) {
      parseBuffer();
      bytesBefore += filled;
    }
    filled = 0;
    endToken();
    if (count == 0) {
      throw new RejectedTraceException(bytesBefore == 0 ? "is empty" : "holds white space only");
    }
    return Arrays.copyOf(calls, count);
  }

  private void parseBuffer() throws RejectedTraceException {
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
      throw atToken("'" + shownToken() + "' is not a number");
    }
    if (negative) {
      throw atToken(shownToken() + " is negative");
    }
    if (value > Integer.MAX_VALUE) {
      throw atToken(shownToken() + " does not fit in 32 bits");
    }
    if (value > largestCall) {
      throw atToken(value + " is larger than " + largestCall + ", the largest call accepted");
    }
    if (count == calls.length) {
      if (count == MAX_CALLS) {
        throw new RejectedTraceException("has more than " + MAX_CALLS + " calls");
      }
      calls = Arrays.copyOf(calls, (int) Math.min(MAX_CALLS, 2L * count));
    }
    calls[count++] = (int) value;
    startToken();
  }

  private RejectedTraceException atToken(String reason) {
    return new RejectedTraceException("position " + (count + 1L) + ": " + reason);
  }

  private RejectedTraceException binary(int index) {
    return new RejectedTraceException(
        String.format("is binary: byte 0x%02x at offset %d", buffer[index], bytesBefore + index));
  }

  /** Calls the mark of UTF-8 or UTF-16 by its name, because editors do not show it. */
  private void requireNoByteOrderMark() throws RejectedTraceException {
    if (count > 0 || tokenLength < 2) {
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
