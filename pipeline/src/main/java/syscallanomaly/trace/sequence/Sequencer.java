package syscallanomaly.trace.sequence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
  private final EventRow row = new EventRow();

  /** The owners whose hash is the present one: one, unless hashes happen to be equal. */
  private final List<Owner> sharing = new ArrayList<>();

  private Owner owner;
  private long bucket;
  private long events;
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
        endOwners();
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

  private void take(EventRow event) {
    if (event.kind() == EventColumns.IGNORED) {
      counts.ignore(event.text(), event.lines());
      return;
    }
    if (event.kind() == EventColumns.COUNTED) {
      counts.add(Counted.valueOf(event.text()), event.lines());
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
    events++;
    of(event).take(event);
  }

  /** Finds the owner of an event, and ends those of former hashes. */
  private Owner of(EventRow event) {
    if (owner != null && bucket == event.bucket()) {
      if (owner.owns(event)) {
        return owner;
      }
      for (Owner other : sharing) {
        if (other.owns(event)) {
          owner = other;
          return other;
        }
      }
    } else {
      endOwners();
    }
    bucket = event.bucket();
    owner = new Owner(event, settings, largestCall, counts, ready);
    sharing.add(owner);
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

  private void endOwners() {
    sharing.forEach(Owner::end);
    sharing.clear();
    owner = null;
  }
}
