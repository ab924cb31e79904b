package syscallanomaly.trace.sequence;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Cuts sorted events into traces, in one pass. It holds the open traces of one process, or of one
 * recording that tells only threads, and nothing of those before. Its last element tells what it
 * counted.
 */
final class Sequencer implements Iterator<ParsedTrace> {
  private final Iterator<InternalRow> rows;
  private final SequenceSettings settings;
  private final int largestCall;
  private final ArrayDeque<ParsedTrace> ready = new ArrayDeque<>();
  private final EventCounts counts = new EventCounts();
  private final Duplicates duplicates = new Duplicates();
  private final EventRow row = new EventRow();
  private Owner owner;
  private String rejectedRow;
  private long rejectedRows;
  private boolean ended;

  /**
   * @param rows rows in the order of {@link EventSequence}; the iterator may reuse one row
   * @param largestCall largest accepted call number
   */
  Sequencer(Iterator<InternalRow> rows, SequenceSettings settings, int largestCall) {
    this.rows = rows;
    this.settings = settings;
    this.largestCall = largestCall;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (rows.hasNext()) {
        take(row.at(rows.next()));
      } else {
        endOwner();
        endRejects();
        ready.add(ParsedTrace.counted(counts));
        ended = true;
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public ParsedTrace next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void take(EventRow event) {
    if (event.kind() == EventColumns.IGNORED) {
      counts.ignore(event.text(), event.lines());
      return;
    }
    if (event.kind() == EventColumns.REJECTED) {
      counts.add(Counted.REJECTED_LINES, event.lines());
      if (event.fileName().isEmpty()) {
        rejectRow(event.text());
      } else {
        counts.add(Counted.REJECTS_OF_LINES, event.lines() == 0 ? 0 : 1);
        ready.add(ParsedTrace.rejected(event.fileName(), event.text()));
      }
      return;
    }
    counts.add(Counted.EVENTS);
    if (owner == null || !owner.owns(event)) {
      endOwner();
      owner = new Owner(event, settings, largestCall, counts, ready);
      duplicates.clear();
    }
    if (owner.isLate(event)) {
      counts.add(Counted.LATE);
    }
    if (settings.dropDuplicates() && event.hasTime() && isDuplicate(event)) {
      counts.add(Counted.DUPLICATES);
      return;
    }
    owner.take(event);
  }

  /** Counts rows of a table that are rejected for the same reason. They come one after another. */
  private void rejectRow(String reason) {
    if (rejectedRow == null || !RejectCount.kind(rejectedRow).equals(RejectCount.kind(reason))) {
      endRejects();
      rejectedRow = reason;
    }
    rejectedRows++;
  }

  private void endRejects() {
    if (rejectedRow != null) {
      String more =
          rejectedRows == 1
              ? ""
              : String.format(Locale.ROOT, " (and %,d more rows)", rejectedRows - 1);
      ready.add(ParsedTrace.rejected("", rejectedRow + more));
      counts.add(Counted.REJECTS_OF_LINES);
      rejectedRow = null;
      rejectedRows = 0;
    }
  }

  private boolean isDuplicate(EventRow event) {
    boolean table = event.file().numBytes() == 0;
    return duplicates.contains(
        event.file(),
        event.time(),
        event.kind(),
        event.process(),
        event.thread(),
        event.call(),
        table ? event.position() : 0);
  }

  private void endOwner() {
    if (owner != null) {
      owner.end();
      owner = null;
    }
  }
}
