package syscallanomaly.trace;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Iterator;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Counts the traces of a slice. This is no record because Kryo, which Spark can be configured to
 * use, cannot restore records.
 */
final class SliceCount implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long accepted;
  private final long rejected;
  private final String firstRejected;
  private final String firstReason;
  private final BigInteger content;

  private SliceCount(
      long accepted, long rejected, String firstRejected, String firstReason, BigInteger content) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.firstRejected = firstRejected;
    this.firstReason = firstReason;
    this.content = content;
  }

  static SliceCount of(Iterator<ParsedTrace> slice) {
    long accepted = 0;
    long rejected = 0;
    String firstRejected = null;
    String firstReason = null;
    ContentFingerprint content = new ContentFingerprint();
    while (slice.hasNext()) {
      ParsedTrace trace = slice.next();
      if (trace.isAccepted()) {
        accepted++;
        content.add(trace);
      } else if (rejected++ == 0) {
        firstRejected = trace.traceId();
        firstReason = trace.reason();
      }
    }
    return new SliceCount(accepted, rejected, firstRejected, firstReason, content.sum());
  }

  /** Number of traces accepted. */
  long accepted() {
    return accepted;
  }

  /**
   * Number of rejects. A reject is a trace that is not valid, or a file that holds no trace or
   * cannot be read to its end.
   */
  long rejected() {
    return rejected;
  }

  /** Id of the first rejected trace or file, or null if none was rejected. */
  String firstRejected() {
    return firstRejected;
  }

  /** Reason why {@link #firstRejected} was rejected, or null if none was rejected. */
  String firstReason() {
    return firstReason;
  }

  /** Sum of the accepted traces ({@link ContentFingerprint#sum()}). */
  BigInteger content() {
    return content;
  }
}
