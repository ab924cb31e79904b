package syscallanomaly.jobs.benchmark.scale;

import java.util.Arrays;
import syscallanomaly.window.RandomHash;

/**
 * Makes copies of traces with small changes. About one call in a hundred is left out, doubled or
 * exchanged with the next one. About a sixth of the windows of 20 calls in a copy are then new.
 */
final class TraceVariation {
  private static final double CHANGED_CALLS = 0.01;
  private static final int KINDS = 3;

  private TraceVariation() {}

  /**
   * Makes a copy of a trace.
   *
   * @param calls the calls of the trace, at least one
   * @param copy number of the copy; copy 0 is the trace itself
   * @param seed seed of the changes; together with {@code copy} it determines them
   */
  static int[] copy(int[] calls, int copy, long seed) {
    if (copy == 0) {
      return calls.clone();
    }
    long seedOfCopy = RandomHash.bits(seed, copy);
    int[] changed = new int[2 * calls.length];
    int length = 0;
    for (int i = 0; i < calls.length; i++) {
      double drawn = RandomHash.unit(seedOfCopy, i);
      int kind = drawn < CHANGED_CALLS ? (int) (drawn / CHANGED_CALLS * KINDS) : KINDS;
      switch (kind) {
        case 0 -> {
          // Left out.
        }
        case 1 -> {
          changed[length++] = calls[i];
          changed[length++] = calls[i];
        }
        case 2 -> {
          int next = Math.min(i + 1, calls.length - 1);
          changed[length++] = calls[next];
          if (next > i) {
            changed[length++] = calls[i];
            i = next;
          }
        }
        default -> changed[length++] = calls[i];
      }
    }
    return length == 0 ? calls.clone() : Arrays.copyOf(changed, length);
  }
}
