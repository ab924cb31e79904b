package syscallanomaly.trace.sequence;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
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
  private final Iterator<Event> rows;
  private final SequenceSettings settings;
  private final int largestCall;
  private final ArrayDeque<ParsedTrace> ready = new ArrayDeque<>();
  private final EventCounts counts = new EventCounts();

  private Owner owner;
  private long events;
  private String rejectedRow;
  private long rejectedRows;
  private boolean ended;

  /**
   * @param rows events in the order of {@link ChunkMerger}; the iterator may reuse one object
   * @param largestCall largest accepted call number
   */
  Sequencer(Iterator<Event> rows, SequenceSettings settings, int largestCall) {
    this.rows = rows;
    this.settings = settings;
    this.largestCall = largestCall;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (rows.hasNext()) {
        take(rows.next());
      } else {
        endOwner();
        endRejects();
        counts.add(Counted.EVENTS, events);
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

  private void take(Event event) {
    if (event.kind == EventColumns.IGNORED) {
      counts.ignore(event.text.toString(), event.lines());
      return;
    }
    if (event.kind == EventColumns.COUNTED) {
      counts.add(Counted.valueOf(event.text.toString()), event.lines());
      return;
    }
    if (event.kind == EventColumns.REJECTED) {
      counts.add(Counted.REJECTED_LINES, event.lines());
      if (event.isOfTable()) {
        rejectRow(event.text.toString());
      } else {
        counts.add(Counted.REJECTS_OF_LINES, event.lines() == 0 ? 0 : 1);
        ready.add(ParsedTrace.rejected(event.file.toString(), event.text.toString()));
      }
      return;
    }
    events++;
    of(event).take(event);
  }

  /** Finds the owner of an event, and ends the one before it. */
  private Owner of(Event event) {
    if (owner == null || !owner.owns(event)) {
      endOwner();
      owner = new Owner(event, settings, largestCall, counts, ready);
    }
    return owner;
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

  private void endOwner() {
    if (owner != null) {
      owner.end();
      owner = null;
    }
  }
}
