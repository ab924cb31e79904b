package syscallanomaly.trace;

import java.io.Serializable;

/**
 * One file after reading: a trace, or the reason why it is none. No record, because Kryo cannot
 * restore one.
 */
final class ParsedTrace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int[] calls;
  private final String reason;

  private ParsedTrace(String name, int[] calls, String reason) {
    this.name = name;
    this.calls = calls;
    this.reason = reason;
  }

  static ParsedTrace accepted(String name, int[] calls) {
    return new ParsedTrace(name, calls, null);
  }

  static ParsedTrace rejected(String name, String reason) {
    return new ParsedTrace(name, null, reason);
  }

  boolean isAccepted() {
    return reason == null;
  }

  /** Path of the file relative to its split's folder. */
  String name() {
    return name;
  }

  /** Null where it is rejected. */
  int[] calls() {
    return calls;
  }

  /** Null where it is accepted. */
  String reason() {
    return reason;
  }
}
