package syscallanomaly.trace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceOrigin;

class EventCountsTest {
  @Test
  void countsAddUpAndAreSaidInOneLine() {
    EventCounts counts = new EventCounts();
    assertThat(counts.text()).isEqualTo("0 events read");
    assertThat(counts.rejectedShare()).isZero();
    counts.add(Counted.EVENTS, 1_000);
    counts.ignore("signal", 3);
    counts.name(1 << 30, "b");
    EventCounts other = new EventCounts();
    other.add(Counted.EVENTS, 234);
    other.ignore("signal", 1);
    other.ignore("end of a call", 2);
    other.add(Counted.REJECTED_LINES, 6);
    other.add(Counted.REJECTS_OF_LINES);
    other.add(Counted.LATE);
    other.name(1 << 30, "a");
    counts.add(other);

    assertThat(counts.text())
        .isEqualTo(
            "1,234 events read; 6 lines ignored (end of a call 2, signal 4); 6 lines or rows"
                + " rejected; 1 late events put in order of time");
    assertThat(counts.lines()).isEqualTo(1_246);
    assertThat(counts.rejectedShare()).isEqualTo(6.0 / 1_246);
    assertThat(counts.unknownNames()).containsExactly(entry(1 << 30, "a"));
  }

  @Test
  void kindsThatAFileMakesUpAreCountedTogether() {
    EventCounts counts = new EventCounts();
    for (int i = 0; i < 1_000; i++) {
      counts.ignore("kind " + i, 1);
    }
    assertThat(counts.ignored()).hasSize(101).containsEntry("other", 900L);
  }

  @Test
  void kryoRestoresCountsAndOrigins() {
    EventCounts counts = new EventCounts();
    counts.add(Counted.EVENTS, 7);
    counts.ignore("signal", 3);
    assertThat(Kryo.copy(ParsedTrace.counted(counts)).counts().text()).isEqualTo(counts.text());

    TraceOrigin origin = new TraceOrigin("web1", null, 7, 9L, "/bin/ls", 1_500_000_000L);
    ParsedTrace copy =
        Kryo.copy(ParsedTrace.ofProcess("web1/7", "", new int[] {3}, origin, "Adduser"));
    assertThat(copy.traceId()).isEqualTo("web1/7");
    assertThat(copy.family()).isEqualTo("Adduser");
    assertThat(copy.origin().text())
        .isEqualTo("process 7, thread 9 (/bin/ls) on web1, since 1970-01-01T00:00:01.500Z");
  }
}
