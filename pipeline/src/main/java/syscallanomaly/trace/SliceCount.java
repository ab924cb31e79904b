package syscallanomaly.trace;

import java.io.Serializable;
import java.util.Iterator;
import syscallanomaly.trace.format.ParsedTrace;

/** How many traces a slice holds. No record, because Kryo cannot restore one. */
final class SliceCount implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long accepted;
  private final long rejected;
  private final String firstRejected;
  private final String firstReason;

  private SliceCount(long accepted, long rejected, String firstRejected, String firstReason) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.firstRejected = firstRejected;
    this.firstReason = firstReason;
  }

  static SliceCount of(Iterator<ParsedTrace> slice) {
    long accepted = 0;
    long rejected = 0;
    String firstRejected = null;
    String firstReason = null;
    while (slice.hasNext()) {
      ParsedTrace trace = slice.next();
      if (trace.isAccepted()) {
        accepted++;
      } else if (rejected++ == 0) {
        firstRejected = trace.traceId();
        firstReason = trace.reason();
      }
    }
    return new SliceCount(accepted, rejected, firstRejected, firstReason);
  }

  /** Number of traces accepted. */
  long accepted() {
    return accepted;
  }

  /** Number of rejects: traces, and files of which none or not all could be read. */
  long rejected() {
    return rejected;
  }

  /** Id of the first trace that was rejected, or null. */
  String firstRejected() {
    return firstRejected;
  }

  /** Why it was, or null. */
  String firstReason() {
    return firstReason;
  }
}
