package syscallanomaly.model;

import java.io.Serializable;

/**
 * A whole trace to predict, as Spark moves it between tasks.
 *
 * <p>This is no record because Kryo, which Spark can be configured to use, cannot restore records.
 */
final class KeyedTrace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] content;
  private final int[] calls;
  private final long multiplicity;

  /**
   * Creates a trace.
   *
   * @param content key of the calls, see {@link syscallanomaly.window.SequenceContent}
   * @param calls vocabulary indices, at least one
   * @param multiplicity how often the trace counts, at least 1
   */
  KeyedTrace(byte[] content, int[] calls, long multiplicity) {
    this.content = content;
    this.calls = calls;
    this.multiplicity = multiplicity;
  }

  byte[] content() {
    return content;
  }

  int[] calls() {
    return calls;
  }

  long multiplicity() {
    return multiplicity;
  }
}
