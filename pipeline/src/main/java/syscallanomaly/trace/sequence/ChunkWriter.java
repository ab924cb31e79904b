package syscallanomaly.trace.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Packs events of one group into bytes. An event is written as what differs from the one before it,
 * in numbers of variable length: usually the nanoseconds between them and the call.
 *
 * <p>First comes the kind times 256 plus the sum of the flags of this class. Then come, as far as
 * the flags say so: time, position, process, thread, call, created thread, text, program, family.
 */
final class ChunkWriter {
  static final int NO_TIME = 1;
  static final int POSITION = 1 << 1;
  static final int PROCESS = 1 << 2;
  static final int THREAD = 1 << 3;
  static final int CREATED = 1 << 4;
  static final int TEXT = 1 << 5;
  static final int EXECUTABLE = 1 << 6;
  static final int FAMILY = 1 << 7;
  static final int KIND_SHIFT = 8;

  private final EventGroup group;
  private final ChunkMemory memory;
  private Event last;
  private int size;
  private int count;
  private boolean isOrdered = true;

  /** The first and the last block of memory that it has, or -1. */
  private int firstBlock = -1;

  private int block = -1;

  ChunkWriter(EventGroup group, ChunkMemory memory) {
    this.group = group;
    this.memory = memory;
    this.last = first();
  }

  /** What the first event of a chunk is compared with. */
  private Event first() {
    Event first = new Event();
    first.file = group.file;
    return first;
  }

  EventGroup group() {
    return group;
  }

  /** Bytes that are written. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(Event event) {
    isOrdered = isOrdered && (count == 0 || last.compareTo(event) <= 0);
    count++;
    boolean newText = !Event.isSame(last.text, event.text);
    boolean newExecutable = !Event.isSame(last.executable, event.executable);
    boolean newFamily = !Event.isSame(last.family, event.family);
    boolean newTexts = newText || newExecutable || newFamily;
    memory.begin(newTexts ? bytesOf(event) : 0);
    memory.number(
        ((long) event.kind << KIND_SHIFT)
            | flag(!event.hasTime, NO_TIME)
            | flag(event.position != last.position, POSITION)
            | flag(event.process != last.process, PROCESS)
            | flag(event.thread != last.thread, THREAD)
            | flag(event.hasCreated, CREATED)
            | flag(newText, TEXT)
            | flag(newExecutable, EXECUTABLE)
            | flag(newFamily, FAMILY));
    if (event.hasTime) {
      memory.difference(event.time - last.time);
    }
    if (event.position != last.position) {
      memory.difference(event.position - last.position);
    }
    if (event.process != last.process) {
      memory.difference(event.process - last.process);
    }
    if (event.thread != last.thread) {
      memory.difference(event.thread - last.thread);
    }
    memory.difference(event.call);
    if (event.hasCreated) {
      memory.difference(event.created);
    }
    if (newText) {
      memory.text(event.text);
      last.text = event.lasting(event.text, memory.texts);
    }
    if (newExecutable) {
      memory.text(event.executable);
      last.executable = event.lasting(event.executable, memory.texts);
    }
    if (newFamily) {
      memory.text(event.family);
      last.family = event.lasting(event.family, memory.texts);
    }
    last.setNumbers(event);
    append(memory.event(), memory.size());
  }

  private void append(byte[] bytes, int length) {
    for (int done = 0; done < length; ) {
      int at = size % ChunkMemory.BLOCK;
      if (at == 0) {
        block = memory.take(block);
        firstBlock = firstBlock < 0 ? block : firstBlock;
      }
      int part = Math.min(ChunkMemory.BLOCK - at, length - done);
      System.arraycopy(bytes, done, memory.slab(block), ChunkMemory.offset(block) + at, part);
      size += part;
      done += part;
    }
  }

  /**
   * Gives the events so far, in order, and begins an empty chunk of the same group.
   *
   * @return a row with the columns of {@link ChunkColumns}
   */
  Row takeRow() {
    int events = count;
    byte[] bytes = memory.release(firstBlock, size);
    boolean areOrdered = isOrdered;
    firstBlock = -1;
    block = -1;
    size = 0;
    count = 0;
    isOrdered = true;
    last = first();
    return areOrdered ? ChunkColumns.row(group, bytes) : sorted(bytes, events).takeRow();
  }

  private ChunkWriter sorted(byte[] bytes, int count) {
    List<Event> events = new ArrayList<>(count);
    ChunkReader reader = new ChunkReader(bytes, group);
    while (reader.next()) {
      events.add(new Event().set(reader.event()));
    }
    Collections.sort(events);
    ChunkWriter writer = new ChunkWriter(group, memory);
    events.forEach(writer::add);
    return writer;
  }

  private static int flag(boolean isSet, int flag) {
    return isSet ? flag : 0;
  }

  private static int bytesOf(Event event) {
    return bytesOf(event.text) + bytesOf(event.executable) + bytesOf(event.family);
  }

  private static int bytesOf(UTF8String text) {
    return text == null ? 0 : text.numBytes();
  }
}
