package syscallanomaly.trace.sequence;

import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int FIRST_BYTES = 256;
  private static final int LONGEST_NUMBER = 10;

  /** Longest event without its texts. */
  private static final int LONGEST_EVENT = 11 * LONGEST_NUMBER;

  private final EventGroup group;
  private final SharedTexts texts;
  private Event last;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private int count;
  private boolean isOrdered = true;

  ChunkWriter(EventGroup group, SharedTexts texts) {
    this.group = group;
    this.texts = texts;
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

  /** Bytes of memory that are taken. */
  int capacity() {
    return bytes.length;
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
    reserve(LONGEST_EVENT + (newTexts ? bytesOf(event) : 0));
    number(
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
      difference(event.time - last.time);
    }
    if (event.position != last.position) {
      difference(event.position - last.position);
    }
    if (event.process != last.process) {
      difference(event.process - last.process);
    }
    if (event.thread != last.thread) {
      difference(event.thread - last.thread);
    }
    difference(event.call);
    if (event.hasCreated) {
      difference(event.created);
    }
    if (newText) {
      text(event.text);
      last.text = event.lasting(event.text, texts);
    }
    if (newExecutable) {
      text(event.executable);
      last.executable = event.lasting(event.executable, texts);
    }
    if (newFamily) {
      text(event.family);
      last.family = event.lasting(event.family, texts);
    }
    last.setNumbers(event);
  }

  /**
   * Gives the events so far, in order, and begins an empty chunk of the same group.
   *
   * @return a row with the columns of {@link ChunkColumns}
   */
  Row takeRow() {
    Row row = row();
    bytes = new byte[FIRST_BYTES];
    size = 0;
    count = 0;
    isOrdered = true;
    last = first();
    return row;
  }

  /** The events so far, in order, as a row with the columns of {@link ChunkColumns}. */
  Row row() {
    return isOrdered ? ChunkColumns.row(group, Arrays.copyOf(bytes, size)) : sorted().row();
  }

  private ChunkWriter sorted() {
    List<Event> events = new ArrayList<>(count);
    ChunkReader reader = new ChunkReader(Arrays.copyOf(bytes, size), group);
    while (reader.next()) {
      events.add(new Event().set(reader.event()));
    }
    Collections.sort(events);
    ChunkWriter writer = new ChunkWriter(group, texts);
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

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  /** Writes a number that may be negative: small ones of either sign take one byte. */
  private void difference(long value) {
    number((value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** Writes seven bits a byte, the lowest first; all bytes but the last have the upper bit. */
  private void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  private void text(UTF8String text) {
    if (text == null) {
      number(0);
      return;
    }
    number(text.numBytes() + 1L);
    byte[] raw = text.getBytes();
    System.arraycopy(raw, 0, bytes, size, raw.length);
    size += raw.length;
  }
}
