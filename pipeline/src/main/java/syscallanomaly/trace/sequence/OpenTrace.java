package syscallanomaly.trace.sequence;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** The calls of one process or thread that no end or cut has followed yet. */
final class OpenTrace {
  private static final int FIRST_CALLS = 256;

  final long process;
  final long thread;
  Long started;
  Long firstTime;
  Long lastTime;
  UTF8String executable;
  String file;

  /** The thread that called exit_group, after which it calls nothing more; or -1. */
  long leaving = -1;

  /** Name without the number of a part, or null before the first part. */
  String name;

  int parts;
  boolean onlyExecves;

  /** Why the trace is rejected, or null. */
  String reason;

  private int[] calls = new int[FIRST_CALLS];
  private int count;

  OpenTrace(long process, long thread, Long started) {
    this.process = process;
    this.thread = thread;
    this.started = started;
  }

  int count() {
    return count;
  }

  void add(int call, boolean execve) {
    if (count == calls.length) {
      calls = Arrays.copyOf(calls, 2 * count);
    }
    onlyExecves = execve && (count == 0 || onlyExecves);
    calls[count++] = call;
  }

  /** Takes the calls of a thread that turns out to belong to the same process. */
  void append(OpenTrace other) {
    for (int i = 0; i < other.count; i++) {
      add(other.calls[i], other.onlyExecves);
    }
    if (other.lastTime != null) {
      lastTime = lastTime == null ? other.lastTime : Long.valueOf(Math.max(lastTime, other.lastTime));
    }
  }

  int[] calls() {
    return Arrays.copyOf(calls, count);
  }

  /** Forgets the calls that a part has taken; the process goes on. */
  void goOn() {
    count = 0;
    calls = new int[FIRST_CALLS];
    firstTime = null;
    file = null;
    onlyExecves = false;
    reason = null;
  }
}
