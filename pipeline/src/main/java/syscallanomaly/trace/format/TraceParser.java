package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the calls of one trace. They are decimal integers of at least 0, separated by blanks, tabs
 * or line ends. The memory it takes grows only with the number of calls. One parser must not be
 * used by two threads.
 */
public final class TraceParser extends NumberReader {
  private final int largestCall;

  private int[] calls = new int[1024];
  private int count;

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
    read(in);
    return Arrays.copyOf(calls, count);
  }

  @Override
  void take(int call) throws RejectedTraceException {
    requireCall(call, largestCall);
    if (count == calls.length) {
      calls = Arrays.copyOf(calls, lengthAbove(count));
    }
    calls[count++] = call;
  }

  @Override
  String place() {
    return "position " + (count + 1L);
  }
}
