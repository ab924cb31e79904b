package syscallanomaly.trace.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.format.ParsedTrace;

/** What the sequencer holds in memory does not grow with what it reads. */
class SequencerTest {
  private static final UTF8String NONE = UTF8String.fromString("");
  private static final UTF8String LOG = UTF8String.fromString("a.log");

  private long read;

  /** Events that are made when they are asked for, in one object. */
  private Iterator<Event> events(long count, long owner, LongFunction<Long> thread) {
    Event event = new Event();
    event.group = group(owner);
    event.file = event.group.file;
    event.hasTime = true;
    event.call = 3;
    return LongStream.range(0, count)
        .mapToObj(
            i -> {
              read++;
              event.time = i;
              event.position = i;
              event.process = thread.apply(i);
              event.thread = thread.apply(i);
              return event;
            })
        .iterator();
  }

  private static EventGroup group(long owner) {
    Object[] values = {
      LOG, NONE, NONE, owner, null, 0L, LOG, 0L, 0, 0L, 0L, 3, null, null, null, null, 5L
    };
    return new EventGroup().at(new GenericInternalRow(values));
  }

  private static SequenceSettings parts(int maxCalls) {
    return new SequenceSettings(false, 0, maxCalls, false, true);
  }

  @Test
  void aProcessOfFiveMillionCallsIsNeverHeldLongerThanAPart() {
    int part = 50_000;
    Sequencer sequencer =
        new Sequencer(events(5_000_000, 7, i -> 7L), parts(part), Integer.MAX_VALUE);
    for (int i = 1; i <= 100; i++) {
      ParsedTrace trace = sequencer.next();
      assertThat(trace.calls()).hasSize(part);
      assertThat(trace.traceId()).endsWith("#part" + i);
      assertThat(read).isLessThanOrEqualTo(1 + (long) i * part);
    }
    EventCounts counts = sequencer.next().counts();
    assertThat(counts.of(Counted.EVENTS)).isEqualTo(5_000_000);
    assertThat(counts.of(Counted.PARTS)).isEqualTo(100);
    assertThat(sequencer).isExhausted();
  }

  @Test
  void aRecordingOfManyProcessesHoldsABoundedNumberOfThem() {
    int most = 1 << 14;
    Sequencer sequencer =
        new Sequencer(
            events(most + 10, EventColumns.FOUND_OUT, i -> i), parts(100), Integer.MAX_VALUE);
    sequencer.next();
    assertThat(read).isEqualTo(most + 1);
    long traces = 1;
    ParsedTrace last = null;
    while (sequencer.hasNext()) {
      last = sequencer.next();
      traces += last.isAccepted() ? 1 : 0;
    }
    assertThat(traces).isEqualTo(most + 10);
    assertThat(last.counts().of(Counted.CROWDED)).isEqualTo(10);
  }

  @Test
  void aRecordingHoldsABoundedNumberOfCalls() {
    int most = 1 << 24;
    Sequencer sequencer =
        new Sequencer(
            events(most + 1L, EventColumns.FOUND_OUT, i -> i % 3), parts(most), Integer.MAX_VALUE);
    ParsedTrace part = sequencer.next();
    assertThat(read).isEqualTo(most + 1L);
    assertThat(part.traceId()).endsWith("#part1");
    assertThat(part.calls()).hasSize(most / 3 + 1);
  }

  @Test
  void processesWithEqualHashesAreApart() {
    Event event = new Event();
    event.file = LOG;
    Iterator<Event> events =
        LongStream.range(0, 6)
            .mapToObj(
                i -> {
                  event.group = group(i / 3);
                  event.process = i / 3;
                  event.call = (int) i;
                  return event;
                })
            .iterator();
    Sequencer sequencer = new Sequencer(events, parts(100), Integer.MAX_VALUE);
    assertThat(sequencer.next().calls()).containsExactly(0, 1, 2);
    assertThat(sequencer.next().calls()).containsExactly(3, 4, 5);
    assertThat(sequencer.next().counts().of(Counted.EVENTS)).isEqualTo(6);
  }
}
