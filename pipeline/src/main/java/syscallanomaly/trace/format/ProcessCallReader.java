package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Takes the processes of a file apart. Each line is a process and one call of it, both decimal
 * integers of at least 0; lines of white space say nothing. The memory it takes grows only with the
 * number of lines, whatever number of processes they name: 12 bytes a line, up to twice as many
 * while they are read. One reader must not be used by two threads.
 */
final class ProcessCallReader extends NumberReader {
  private final int largestCall;

  /** Calls of all processes, in the order of the file. */
  private int[] calls = new int[1024];

  /**
   * The process of each call in the upper 32 bits and the index of the call in the lower ones.
   * Sorted, they put the calls of a process together and leave them in their order.
   */
  private long[] keys = new long[1024];

  private int count;
  private long line;
  private int numbersInLine;
  private int process;

  /**
   * @param largestCall largest accepted system-call number, at least 0
   */
  ProcessCallReader(int largestCall) {
    this.largestCall = largestCall;
  }

  /**
   * Reads a file to its end, and returns the traces of its processes in the order in which these
   * first appear. The iterator is usable until the next file is read.
   *
   * @param file path of the file relative to its split's folder
   * @throws RejectedTraceException if a line is no process and call, or if there is none
   * @throws IOException if the content cannot be read
   */
  Iterator<ParsedTrace> parse(String file, InputStream in)
      throws IOException, RejectedTraceException {
    count = 0;
    line = 1;
    numbersInLine = 0;
    read(in);
    Arrays.sort(keys, 0, count);
    return IntStream.range(0, count)
        .filter(start -> start == 0 || processOf(start) != processOf(start - 1))
        .mapToLong(start -> keys[start] << Integer.SIZE | start)
        .sorted()
        .mapToObj(start -> trace(file, (int) start))
        .iterator();
  }

  @Override
  void take(int value) throws RejectedTraceException {
    switch (numbersInLine++) {
      case 0 -> process = value;
      case 1 -> add(value);
      default -> throw atPlace("has more than a process and a call");
    }
  }

  @Override
  void endLine() throws RejectedTraceException {
    if (numbersInLine == 1) {
      throw atPlace("has a process and no call");
    }
    line++;
    numbersInLine = 0;
  }

  @Override
  String place() {
    return "line " + line;
  }

  private void add(int call) throws RejectedTraceException {
    requireCall(call, largestCall);
    if (count == calls.length) {
      calls = Arrays.copyOf(calls, lengthAbove(count));
      keys = Arrays.copyOf(keys, calls.length);
    }
    calls[count] = call;
    keys[count] = (long) process << Integer.SIZE | count;
    count++;
  }

  private int processOf(int position) {
    return (int) (keys[position] >>> Integer.SIZE);
  }

  private ParsedTrace trace(String file, int start) {
    int of = processOf(start);
    int end = start;
    while (end < count && processOf(end) == of) {
      end++;
    }
    int[] own = new int[end - start];
    for (int i = 0; i < own.length; i++) {
      own[i] = calls[(int) keys[start + i]];
    }
    return ParsedTrace.accepted(file, "#" + of, own);
  }
}
