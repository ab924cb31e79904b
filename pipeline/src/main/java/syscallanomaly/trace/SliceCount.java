package syscallanomaly.trace;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Iterator;
import syscallanomaly.trace.event.EventCounts;
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
  private final EventCounts events;

  private SliceCount(
      long accepted,
      long rejected,
      String firstRejected,
      String firstReason,
      BigInteger content,
      EventCounts events) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.firstRejected = firstRejected;
    this.firstReason = firstReason;
    this.content = content;
    this.events = events;
  }

  static SliceCount of(Iterator<ParsedTrace> slice) {
    long accepted = 0;
    long rejected = 0;
    String firstRejected = null;
    String firstReason = null;
    EventCounts events = null;
    ContentFingerprint content = new ContentFingerprint();
    while (slice.hasNext()) {
      ParsedTrace trace = slice.next();
      if (trace.isAccepted()) {
        accepted++;
        content.add(trace);
      } else if (trace.counts() != null) {
        events = trace.counts();
      } else if (rejected++ == 0) {
        firstRejected = trace.traceId();
        firstReason = trace.reason();
      }
    }
    return new SliceCount(accepted, rejected, firstRejected, firstReason, content.sum(), events);
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

  /** What was counted besides traces, or null if the format counts nothing else. */
  EventCounts events() {
    return events;
  }
}
