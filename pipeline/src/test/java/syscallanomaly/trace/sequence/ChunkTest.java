package syscallanomaly.trace.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** What is packed into chunks comes out again, in order. */
class ChunkTest {
  private static final int EVENTS_COLUMN = ChunkColumns.SCHEMA.fieldIndex("events");

  private static EventGroup group(long owner) {
    UTF8String none = UTF8String.fromString("");
    return new EventGroup()
        .at(
            new GenericInternalRow(
                new Object[] {
                  none,
                  text("web1"),
                  none,
                  owner,
                  5L,
                  null,
                  text("a.log"),
                  0L,
                  0,
                  0L,
                  0L,
                  0,
                  null,
                  null,
                  null,
                  null
                }));
  }

  private static UTF8String text(String value) {
    return value == null ? null : UTF8String.fromString(value);
  }

  private static Event event(Random random, EventGroup group) {
    long[] numbers = {0, 1, -1, 300, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong()};
    String[] texts = {null, "", "sh", "ß/".repeat(200)};
    Event event = new Event();
    event.group = group;
    event.file = group.file;
    event.hasTime = random.nextInt(4) > 0;
    event.time = event.hasTime ? numbers[random.nextInt(numbers.length)] : 0;
    event.position = numbers[random.nextInt(numbers.length)];
    event.kind = random.nextInt(EventColumns.COUNTED + 1);
    event.process = numbers[random.nextInt(numbers.length)];
    event.thread = numbers[random.nextInt(numbers.length)];
    event.call = random.nextInt();
    event.hasCreated = random.nextBoolean();
    event.created = event.hasCreated ? numbers[random.nextInt(numbers.length)] : 0;
    event.text = text(texts[random.nextInt(texts.length)]);
    event.executable = text(texts[random.nextInt(texts.length)]);
    event.family = text(texts[random.nextInt(texts.length)]);
    return event;
  }

  private static List<Object> values(Event event) {
    List<Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        event.group,
        event.file,
        event.hasTime ? event.time : null,
        event.position,
        event.kind,
        event.process,
        event.thread,
        event.call,
        event.hasCreated ? event.created : null,
        Objects.toString(event.text),
        Objects.toString(event.executable),
        Objects.toString(event.family));
    return values;
  }

  @Test
  void aChunkGivesTheEventsInOrder() {
    EventGroup group = group(7);
    Random random = new Random(1);
    List<Event> events = new ArrayList<>();
    ChunkWriter writer = new ChunkWriter(group, new ChunkMemory());
    for (int i = 0; i < 500; i++) {
      Event event = event(random, group);
      events.add(event);
      writer.add(event);
    }
    Row row = writer.takeRow();
    Collections.sort(events);

    ChunkReader reader = new ChunkReader(row.<byte[]>getAs(EVENTS_COLUMN), group);
    List<List<Object>> read = new ArrayList<>();
    while (reader.next()) {
      read.add(values(reader.event()));
    }
    assertThat(read).containsExactlyElementsOf(events.stream().map(ChunkTest::values).toList());
    assertThat(row.getString(3)).isEqualTo("web1");
    assertThat(row.isNullAt(6)).isTrue();
    assertThat(row.getLong(8)).isEqualTo(events.get(0).position);
  }

  @Test
  void aCallOfTheSameThreadTakesAFewBytes() {
    EventGroup group = group(7);
    ChunkWriter writer = new ChunkWriter(group, new ChunkMemory());
    Event event = new Event();
    event.group = group;
    event.file = group.file;
    event.hasTime = true;
    event.time = 1_700_000_000_000_000_000L;
    event.process = 7;
    event.thread = 7;
    event.executable = text("/usr/sbin/nginx");
    writer.add(event);
    int first = writer.size();
    for (int i = 0; i < 100; i++) {
      event.time += 50_000;
      event.call = 3;
      writer.add(event);
    }
    assertThat(writer.size() - first).isEqualTo(100 * 5);
  }

  @Test
  void chunksAreOpenedWhenTheirEventsAreNext() {
    List<InternalRow> rows = new ArrayList<>();
    // A chunk with the first and the last event of all, then one after another between them.
    rows.add(chunk(0, 1_000));
    for (int i = 1; i < 1_000; i += 2) {
      rows.add(chunk(i, i + 1));
    }
    int roomForTwo = 1_500;
    // A third open chunk would go to Spark, which does not run here.
    ChunkMerger merger = new ChunkMerger(rows.iterator(), roomForTwo);
    List<Long> times = new ArrayList<>();
    merger.forEachRemaining(event -> times.add(event.time));
    assertThat(times).isSorted().hasSize(1_002).startsWith(0L, 1L).endsWith(1_000L, 1_000L);
  }

  private static InternalRow chunk(long... times) {
    EventGroup group = group(7);
    ChunkWriter writer = new ChunkWriter(group, new ChunkMemory());
    Event event = new Event();
    event.group = group;
    event.file = group.file;
    event.hasTime = true;
    for (long time : times) {
      event.time = time;
      writer.add(event);
    }
    Object[] values = new Object[ChunkColumns.SCHEMA.size()];
    Row row = writer.takeRow();
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i) instanceof String text ? text(text) : row.get(i);
    }
    return new GenericInternalRow(values);
  }
}
