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
  long lastTime;
  boolean hasTime;
  UTF8String executable;

  /** Family of its first event that has one; empty if it is normal by its labels, or null. */
  UTF8String family;

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

  /** Whether labels call the trace normal and an event not, or the other way round. */
  boolean isOfAnotherKindThan(UTF8String other) {
    return family != null && other != null && (family.numBytes() == 0) != (other.numBytes() == 0);
  }

  /** The family as text, or null. */
  String familyName() {
    return family == null ? null : family.toString();
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

  int call(int index) {
    return calls[index];
  }

  /** Notes the time of the last call. */
  void at(long time) {
    lastTime = time;
    hasTime = true;
  }

  /** Takes the beginning of another trace for its own. */
  void beginsLike(OpenTrace other) {
    firstTime = other.firstTime;
    file = other.file;
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
