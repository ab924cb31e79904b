package syscallanomaly.trace.sequence;

import java.io.Serializable;

/**
 * How events become traces. This is no record because Kryo, which Spark can be configured to use,
 * cannot restore records.
 */
public final class SequenceSettings implements Serializable {
  /** Calls of the longest trace where nothing else is chosen; they take 4 MB of memory. */
  public static final int DEFAULT_MAX_CALLS = 1_000_000;

  private static final long serialVersionUID = 1L;

  private final boolean byThread;
  private final long gapNanos;
  private final int maxCalls;
  private final boolean cutAtExecve;
  private final boolean dropDuplicates;

  /**
   * Makes settings.
   *
   * @param byThread whether each thread gives traces of its own; if not, the calls of all threads
   *     of a process are one trace
   * @param gapNanos nanoseconds without a call after which the next call begins another trace; 0:
   *     no gap is too long
   * @param maxCalls most calls in a trace, at least 1; a longer one is cut into parts
   * @param cutAtExecve whether an execve begins another trace
   * @param dropDuplicates whether an event that was delivered twice counts once
   */
  public SequenceSettings(
      boolean byThread, long gapNanos, int maxCalls, boolean cutAtExecve, boolean dropDuplicates) {
    this.byThread = byThread;
    this.gapNanos = gapNanos;
    this.maxCalls = maxCalls;
    this.cutAtExecve = cutAtExecve;
    this.dropDuplicates = dropDuplicates;
  }

  /** Traces of whole processes, cut into parts of a million calls, without duplicates. */
  public static SequenceSettings defaults() {
    return new SequenceSettings(false, 0, DEFAULT_MAX_CALLS, false, true);
  }

  public boolean byThread() {
    return byThread;
  }

  public long gapNanos() {
    return gapNanos;
  }

  public int maxCalls() {
    return maxCalls;
  }

  public boolean cutAtExecve() {
    return cutAtExecve;
  }

  public boolean dropDuplicates() {
    return dropDuplicates;
  }
}
