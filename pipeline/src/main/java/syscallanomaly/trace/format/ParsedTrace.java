package syscallanomaly.trace.format;

import java.io.Serializable;
import syscallanomaly.trace.event.EventCounts;

/**
 * One element of what is read: a trace, the reason why a trace or file is rejected, or counts. This
 * is no record because Kryo, which Spark can be configured to use, cannot restore records.
 */
public final class ParsedTrace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String suffix;
  private final int[] calls;
  private final String reason;
  private final String id;
  private final TraceOrigin origin;
  private final String family;
  private final EventCounts counts;

  private ParsedTrace(String file, String suffix, int[] calls, String reason) {
    this(file, suffix, calls, reason, null, null, null, null);
  }

  private ParsedTrace(
      String file,
      String suffix,
      int[] calls,
      String reason,
      String id,
      TraceOrigin origin,
      String family,
      EventCounts counts) {
    this.file = file;
    this.suffix = suffix;
    this.calls = calls;
    this.reason = reason;
    this.id = id;
    this.origin = origin;
    this.family = family;
    this.counts = counts;
  }

  /**
   * Makes the only trace of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param calls system-call numbers in order, at least one
   */
  public static ParsedTrace accepted(String file, int[] calls) {
    return accepted(file, "", calls);
  }

  /**
   * Makes one of several traces of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param suffix tells the trace from all others of the file, such as {@code #17}
   * @param calls system-call numbers in order, at least one
   */
  public static ParsedTrace accepted(String file, String suffix, int[] calls) {
    return new ParsedTrace(file, suffix, calls, null);
  }

  /**
   * Rejects a file, or the rest of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param reason one line that completes a sentence about the file, such as {@code is empty}
   */
  public static ParsedTrace rejected(String file, String reason) {
    return rejected(file, "", reason);
  }

  /**
   * Rejects one of several traces of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param suffix tells the trace from all others of the file, such as {@code #17}
   * @param reason one line that completes a sentence about the trace
   */
  public static ParsedTrace rejected(String file, String suffix, String reason) {
    return new ParsedTrace(file, suffix, null, reason);
  }

  /**
   * Makes a trace of a process.
   *
   * @param id name of the trace, which no other trace of the split has
   * @param file path of the file in which its first call stands, relative to its split's folder;
   *     empty if it comes from a table
   * @param calls system-call numbers in order, at least one
   * @param origin where it was recorded
   * @param family family of the attack that it belongs to; empty if its labels call it normal, null
   *     if nothing says what it is
   */
  public static ParsedTrace ofProcess(
      String id, String file, int[] calls, TraceOrigin origin, String family) {
    return new ParsedTrace(file, "", calls, null, id, origin, family, null);
  }

  /**
   * Rejects a trace of a process.
   *
   * @param id name of the trace, which no other trace of the split has
   * @param file path of the file in which its first call stands, or empty
   * @param reason one line that completes a sentence about the trace
   * @param family as in {@link #ofProcess}
   */
  public static ParsedTrace rejectedProcess(String id, String file, String reason, String family) {
    return new ParsedTrace(file, "", null, reason, id, null, family, null);
  }

  /** Makes an element that is no trace and tells what was counted besides traces. */
  public static ParsedTrace counted(EventCounts counts) {
    return new ParsedTrace("", "", null, null, null, null, null, counts);
  }

  public boolean isAccepted() {
    return calls != null;
  }

  public boolean isRejected() {
    return reason != null;
  }

  /** Path of the file relative to its split's folder. */
  public String file() {
    return file;
  }

  /**
   * Path of the file, followed by the suffix if the file holds several traces, or the name of a
   * process's trace. It is unique in a split.
   */
  public String traceId() {
    return id == null ? file + suffix : id;
  }

  /** Where the trace was recorded, or null if its format does not say it. */
  public TraceOrigin origin() {
    return origin;
  }

  /**
   * Family of the attack that the trace belongs to; empty if its labels call it normal, null if
   * nothing but its place says what it is.
   */
  public String family() {
    return family;
  }

  /** What was counted besides traces, or null if this is a trace or a reject. */
  public EventCounts counts() {
    return counts;
  }

  /** System-call numbers in order, or null if this is no accepted trace. */
  public int[] calls() {
    return calls;
  }

  /** Reason why the trace is rejected, in one line, or null if it is not. */
  public String reason() {
    return reason;
  }
}
