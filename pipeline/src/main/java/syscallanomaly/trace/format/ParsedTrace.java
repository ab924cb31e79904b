package syscallanomaly.trace.format;

import java.io.Serializable;

/**
 * What a file holds at one place: a trace, or the reason why there is none. No record, because Kryo
 * cannot restore one.
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
   * The only trace of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param calls system-call numbers in order, at least one
   */
  public static ParsedTrace accepted(String file, int[] calls) {
    return accepted(file, "", calls);
  }

  /**
   * One of several traces of a file.
   *
   * @param file path of the file relative to its split's folder
   * @param suffix tells the trace from all others of the file, such as {@code #17}
   * @param calls system-call numbers in order, at least one
   */
  public static ParsedTrace accepted(String file, String suffix, int[] calls) {
    return new ParsedTrace(file, suffix, calls, null);
  }

  /**
   * A file, or the rest of one, that cannot be used.
   *
   * @param file path of the file relative to its split's folder
   * @param reason one line that completes a sentence about the file, such as {@code is empty}
   */
  public static ParsedTrace rejected(String file, String reason) {
    return rejected(file, "", reason);
  }

  /**
   * One of several traces of a file, which cannot be used.
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

  /** Path of the file, and the suffix where the file holds several traces: unique in a split. */
  public String traceId() {
    return file + suffix;
  }

  /** System-call numbers in order; null where the trace is rejected. */
  public int[] calls() {
    return calls;
  }

  /** Why the trace is rejected, in one line; null where it is accepted. */
  public String reason() {
    return reason;
  }
}
