package syscallanomaly.trace.sequence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.codegen.LazilyGeneratedOrdering;
import org.apache.spark.sql.execution.UnsafeExternalRowSorter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.collection.unsafe.sort.PrefixComparators;

/**
 * Sorts events of one group that memory may not hold, as Spark sorts rows: it asks Spark for
 * memory, and writes to disk what it does not get. It works within a task only.
 */
final class EventSorter {
  /** The columns in the order in which events are compared, see {@link Event#compareTo}. */
  private static final StructType COLUMNS =
      new StructType(
          new StructField[] {
            field(EventColumns.TIME),
            field(EventColumns.FILE),
            field(EventColumns.POSITION),
            field(EventColumns.KIND),
            field(EventColumns.PROCESS),
            field(EventColumns.THREAD),
            field(EventColumns.CALL),
            field(EventColumns.CREATED),
            field(EventColumns.TEXT),
            field(EventColumns.EXECUTABLE),
            field(EventColumns.FAMILY)
          });

  private final EventGroup group;
  private final UnsafeProjection toRow = UnsafeProjection.create(COLUMNS);
  private final UnsafeExternalRowSorter sorter;

  EventSorter(EventGroup group) {
    this.group = group;
    try {
      sorter =
          UnsafeExternalRowSorter.create(
              COLUMNS,
              LazilyGeneratedOrdering.forSchema(COLUMNS),
              PrefixComparators.LONG,
              new TimePrefix(),
              SparkEnv.get().memoryManager().pageSizeBytes(),
              /* canUseRadixSort= */ false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StructField field(String name) {
    return EventColumns.SCHEMA.apply(name);
  }

  /**
   * Takes the present event of a chunk and those after it.
   *
   * @param last becomes the last event so far, by {@link Event#comparePlace}
   */
  void addAll(ChunkReader chunk, Event last) {
    Event event = chunk.event();
    try {
      do {
        sorter.insertRow(
            toRow.apply(
                new GenericInternalRow(
                    new Object[] {
                      event.hasTime ? event.time : null,
                      event.file,
                      event.position,
                      event.kind,
                      event.process,
                      event.thread,
                      event.call,
                      event.hasCreated ? event.created : null,
                      event.text,
                      event.executable,
                      event.family
                    })));
      } while (chunk.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (event.comparePlace(last) > 0) {
      last.set(event);
    }
  }

  /** The events in order, in one object. Their texts lie in memory that is used again. */
  Iterator<Event> sorted() {
    scala.collection.Iterator<InternalRow> rows;
    try {
      rows = sorter.sort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Event event = new Event();
    event.group = group;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Event next() {
        return read(rows.next(), event);
      }
    };
  }

  private static Event read(InternalRow row, Event event) {
    event.hasTime = !row.isNullAt(0);
    event.time = event.hasTime ? row.getLong(0) : 0;
    event.file = row.getUTF8String(1);
    event.position = row.getLong(2);
    event.kind = row.getInt(3);
    event.process = row.getLong(4);
    event.thread = row.getLong(5);
    event.call = row.getInt(6);
    event.hasCreated = !row.isNullAt(7);
    event.created = event.hasCreated ? row.getLong(7) : 0;
    event.text = row.isNullAt(8) ? null : row.getUTF8String(8);
    event.executable = row.isNullAt(9) ? null : row.getUTF8String(9);
    event.family = row.isNullAt(10) ? null : row.getUTF8String(10);
    return event;
  }

  /** Time in nanoseconds, which decides most comparisons; events without a time come first. */
  private static final class TimePrefix extends UnsafeExternalRowSorter.PrefixComputer {
    private final Prefix prefix = new Prefix();

    @Override
    public Prefix computePrefix(InternalRow row) {
      prefix.value = row.isNullAt(0) ? Long.MIN_VALUE : row.getLong(0);
      prefix.isNull = false;
      return prefix;
    }
  }
}
