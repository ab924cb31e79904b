package syscallanomaly.trace.label;

import java.util.Iterator;
import java.util.NoSuchElementException;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Leaves out the labelled traces that are of another kind than a split: attacks in the normal
 * splits, normal traces among the attacks. It counts them in the counts that follow the traces.
 */
public final class LabelledTraces implements Iterator<ParsedTrace> {
  private final Iterator<ParsedTrace> traces;
  private final boolean attacks;
  private long leftOut;
  private ParsedTrace next;

  /**
   * @param traces labelled traces, and counts behind them
   * @param split split that they are for
   */
  public LabelledTraces(Iterator<ParsedTrace> traces, Split split) {
    this.traces = traces;
    this.attacks = split == Split.ATTACK;
  }

  @Override
  public boolean hasNext() {
    while (next == null && traces.hasNext()) {
      ParsedTrace trace = traces.next();
      if (trace.counts() != null) {
        trace.counts().add(attacks ? Counted.NORMAL_TRACES : Counted.ATTACK_TRACES, leftOut);
        leftOut = 0;
      } else if (isOfAnotherKind(trace)) {
        leftOut++;
        continue;
      }
      next = trace;
    }
    return next != null;
  }

  private boolean isOfAnotherKind(ParsedTrace trace) {
    String family = trace.family();
    return family != null && family.equals(RecordingLabel.NORMAL) == attacks;
  }

  @Override
  public ParsedTrace next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ParsedTrace trace = next;
    next = null;
    return trace;
  }
}
