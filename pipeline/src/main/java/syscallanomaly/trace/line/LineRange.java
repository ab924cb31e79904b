package syscallanomaly.trace.line;

import java.io.Serializable;
import syscallanomaly.trace.file.TraceFile;

/**
 * A piece of a file: the lines that begin in it.
 *
 * @param file the file
 * @param start position of the first byte, from 0
 * @param end position behind the last byte; {@code Long.MAX_VALUE} for the rest of the file
 * @param labels file with the labels of the recording, or null
 */
record LineRange(TraceFile file, long start, long end, TraceFile labels) implements Serializable {
  /** Whether the piece is the whole file. */
  boolean isWhole() {
    return start == 0 && end == Long.MAX_VALUE;
  }

  /** Size in bytes, as far as it is known. */
  long bytes() {
    return Math.max(0, Math.min(end, file.bytes()) - start);
  }
}
