package syscallanomaly.trace.line;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.VisibleText;
import syscallanomaly.trace.sequence.EventColumns;

/**
 * Collects the lines of a piece of a file that give no event. Each kind of them becomes one row, so
 * that a hostile file cannot flood what comes after.
 */
final class LineRejects {
  /** Most kinds of reasons that are told apart, and most kinds of lines that are no calls. */
  private static final int MOST_KINDS = 20;

  private static final int MOST_IGNORED = 100;
  private static final int LONGEST_REASON = 300;
  private static final String OTHER_REASONS = "other reasons";
  private static final String OTHER_LINES = "other";

  private final Map<String, Reject> rejects = new LinkedHashMap<>();
  private final Map<String, Long> ignored = new LinkedHashMap<>();
  private long rejected;

  private record Reject(String place, long position, String reason, long lines) {}

  /** Counts a line that is not of the format, and keeps the place of the first one of its kind. */
  void reject(String place, long position, String reason) {
    rejected++;
    String kind = RejectCount.kind(reason);
    if (!rejects.containsKey(kind) && rejects.size() >= MOST_KINDS) {
      kind = OTHER_REASONS;
    }
    Reject first = rejects.get(kind);
    rejects.put(
        kind,
        first == null
            ? new Reject(place, position, shortened(reason), 1)
            : new Reject(first.place, first.position, first.reason, first.lines + 1));
  }

  /** Counts a line that is no call. */
  void ignore(String kind) {
    boolean known = ignored.containsKey(kind) || ignored.size() < MOST_IGNORED;
    ignored.merge(known ? kind : OTHER_LINES, 1L, Long::sum);
  }

  long rejected() {
    return rejected;
  }

  /**
   * Adds a row for each kind, and forgets all.
   *
   * @param hint what completes each reason, or empty
   */
  void drainTo(Collection<? super Row> rows, String file, String hint) {
    ignored.forEach(
        (kind, lines) -> rows.add(EventColumns.lines(EventColumns.IGNORED, file, 0, kind, lines)));
    for (Reject reject : rejects.values()) {
      rows.add(
          EventColumns.lines(
              EventColumns.REJECTED,
              file,
              reject.position,
              reject.place + ": " + reject.reason + hint + more(reject.lines - 1),
              reject.lines));
    }
    rejects.clear();
    ignored.clear();
    rejected = 0;
  }

  private static String more(long lines) {
    return lines == 0
        ? ""
        : String.format(Locale.ROOT, " (and %,d more line%s)", lines, lines == 1 ? "" : "s");
  }

  private static String shortened(String reason) {
    String visible = VisibleText.of(reason);
    return visible.length() <= LONGEST_REASON
        ? visible
        : visible.substring(0, LONGEST_REASON) + "...";
  }
}
