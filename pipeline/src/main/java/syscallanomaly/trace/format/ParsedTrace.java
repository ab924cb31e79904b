package syscallanomaly.trace.format;

import java.io.Serializable;

/**
 * One element of a file: a trace, or the reason why it is rejected. This is no record because Kryo,
 * which Spark can be configured to use, cannot restore records.
 */
public final class ParsedTrace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String suffix;
  private final int[] calls;
  private final String reason;

  private ParsedTrace(String file, String suffix, int[] calls, String reason) {
    this.file = file;
    this.suffix = suffix;
    this.calls = calls;
    this.reason = reason;
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

  public boolean isAccepted() {
    return reason == null;
  }

  /** Path of the file relative to its split's folder. */
  public String file() {
    return file;
  }

  /**
   * Path of the file, followed by the suffix if the file holds several traces. It is unique in a
   * split.
   */
  public String traceId() {
    return file + suffix;
  }

  /** System-call numbers in order, or null if the trace is rejected. */
  public int[] calls() {
    return calls;
  }

  /** Reason why the trace is rejected, in one line, or null if it is accepted. */
  public String reason() {
    return reason;
  }
}
