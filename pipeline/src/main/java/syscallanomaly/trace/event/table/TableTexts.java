package syscallanomaly.trace.event.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Gives equal texts of a task one object, which outlives the row that the text comes from. What it
 * holds is bounded.
 */
final class TableTexts {
  private static final int MOST = 1 << 14;
  private static final int LONGEST = 1 << 8;

  private final Map<UTF8String, TableText> known = new HashMap<>();

  /**
   * The object of a text.
   *
   * @param text a text whose memory may be used again
   */
  TableText of(UTF8String text) {
    TableText found = known.get(text);
    if (found != null) {
      return found;
    }
    TableText added = new TableText(text.clone());
    if (known.size() < MOST && text.numBytes() <= LONGEST) {
      known.put(added.value, added);
    }
    return added;
  }
}
