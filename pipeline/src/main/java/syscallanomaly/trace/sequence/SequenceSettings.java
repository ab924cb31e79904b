package syscallanomaly.trace.sequence;

import java.io.Serializable;

/**
 * How events become traces.
 *
 * @param byThread whether each thread gives traces of its own; if not, the calls of all threads of
 *     a process are one trace
 * @param gapNanos nanoseconds without a call after which the next call begins another trace; 0: no
 *     gap is too long
 * @param maxCalls most calls in a trace, at least 1; a longer one is cut into parts
 * @param cutAtExecve whether an execve begins another trace
 * @param dropDuplicates whether an event that was delivered twice counts once
 */
public record SequenceSettings(
    boolean byThread, long gapNanos, int maxCalls, boolean cutAtExecve, boolean dropDuplicates)
    implements Serializable {

  /** Calls of the longest trace where nothing else is chosen; they take 4 MB of memory. */
  public static final int DEFAULT_MAX_CALLS = 1_000_000;

  /** Traces of whole processes, cut into parts of a million calls, without duplicates. */
  public static SequenceSettings defaults() {
    return new SequenceSettings(false, 0, DEFAULT_MAX_CALLS, false, true);
  }
}
