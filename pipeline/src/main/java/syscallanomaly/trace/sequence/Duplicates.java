package syscallanomaly.trace.sequence;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Finds events that were delivered twice among those of one process and one time. They are
 * duplicates if another file has them already. Within one file, equal events are different calls:
 * many recorders write milliseconds, and in one there is room for several. Of the rows of a table,
 * where no files are known, equal ones are duplicates.
 *
 * <p>The memory it takes grows only with the number of different calls at one time, up to a limit.
 */
final class Duplicates {
  /** Most different events of one time. What comes after them is no duplicate. */
  private static final int MOST = 1 << 16;

  private final Map<Key, Integer> kept = new HashMap<>();
  private final Map<Key, Integer> inThisFile = new HashMap<>();
  private Key first;
  private UTF8String file;
  private long time;

  private record Key(int kind, long process, long thread, int call, long order) {}

  private void clear() {
    first = null;
    kept.clear();
    inThisFile.clear();
  }

  /**
   * Whether another file gave this event already. The events come in the order of time, then file.
   *
   * @param of file of the event, empty for a table
   * @param order what orders the rows of a table; 0 in a file
   */
  boolean contains(
      UTF8String of, long at, int kind, long process, long thread, int call, long order) {
    Key key = new Key(kind, process, thread, call, order);
    if (first == null || at != time) {
      clear();
      first = key;
      time = at;
      file = copyOf(of);
      return false;
    }
    if (kept.isEmpty()) {
      kept.put(first, 1);
      inThisFile.put(first, 1);
    }
    boolean table = of.numBytes() == 0;
    if (table || !of.equals(file)) {
      inThisFile.clear();
      file = copyOf(of);
    }
    int seen = inThisFile.merge(key, 1, Integer::sum);
    if (seen <= kept.getOrDefault(key, 0)) {
      return true;
    }
    if (kept.size() < MOST) {
      kept.put(key, seen);
    }
    return false;
  }

  private UTF8String copyOf(UTF8String name) {
    return name.equals(file) ? file : name.clone();
  }
}
