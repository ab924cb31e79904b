package syscallanomaly.trace.sequence;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Copies texts, and gives equal ones the same copy. The processes of a host, and those of a
 * program, then compare with a text that the processor has at hand, instead of one far away for
 * each process. What it holds is bounded.
 */
final class SharedTexts {
  private static final int MOST = 1 << 12;
  private static final int LONGEST = 1 << 8;

  private final Map<UTF8String, UTF8String> copies = new HashMap<>();

  /** A copy that outlives the memory of the text, or null for null. */
  UTF8String copyOf(UTF8String text) {
    if (text == null) {
      return null;
    }
    UTF8String known = copies.get(text);
    if (known != null) {
      return known;
    }
    UTF8String copy = text.clone();
    if (copies.size() < MOST && copy.numBytes() <= LONGEST) {
      copies.put(copy, copy);
    }
    return copy;
  }
}
