package syscallanomaly.trace.format;

import java.io.Serializable;

/**
 * One file after reading: a trace, or the reason why it is none. No record, because Kryo cannot
 * restore one.
 */
public final class ParsedTrace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int[] calls;
  private final String reason;

  private ParsedTrace(String name, int[] calls, String reason) {
    this.name = name;
    this.calls = calls;
    this.reason = reason;
  }

  public static ParsedTrace accepted(String name, int[] calls) {
    return new ParsedTrace(name, calls, null);
  }

  public static ParsedTrace rejected(String name, String reason) {
    return new ParsedTrace(name, null, reason);
  }

  public boolean isAccepted() {
    return reason == null;
  }

  /** Path of the file relative to its split's folder. */
  public String name() {
    return name;
  }

  /** Null where it is rejected. */
  public int[] calls() {
    return calls;
  }

  /** Null where it is accepted. */
  public String reason() {
    return reason;
  }
}
