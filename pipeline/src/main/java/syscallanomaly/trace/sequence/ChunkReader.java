package syscallanomaly.trace.sequence;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the events that a {@link ChunkWriter} packed, one after another. */
final class ChunkReader {
  private final byte[] bytes;
  private final Event event = new Event();
  private int next;

  ChunkReader(byte[] bytes, EventGroup group) {
    this.bytes = bytes;
    event.group = group;
    event.file = group.file;
  }

  /** The event that {@link #next} found; the same object each time. */
  Event event() {
    return event;
  }

  /** Bytes of the chunk. */
  int size() {
    return bytes.length;
  }

  /** Goes on to the next event, unless there is none. */
  boolean next() {
    if (next == bytes.length) {
      return false;
    }
    long head = number();
    event.kind = (int) (head >>> ChunkWriter.KIND_SHIFT);
    event.hasTime = (head & ChunkWriter.NO_TIME) == 0;
    if (event.hasTime) {
      event.time += difference();
    }
    if ((head & ChunkWriter.POSITION) != 0) {
      event.position += difference();
    }
    if ((head & ChunkWriter.PROCESS) != 0) {
      event.process += difference();
    }
    if ((head & ChunkWriter.THREAD) != 0) {
      event.thread += difference();
    }
    event.call = (int) difference();
    event.hasCreated = (head & ChunkWriter.CREATED) != 0;
    event.created = event.hasCreated ? difference() : 0;
    if ((head & ChunkWriter.TEXT) != 0) {
      event.text = text();
    }
    if ((head & ChunkWriter.EXECUTABLE) != 0) {
      event.executable = text();
    }
    if ((head & ChunkWriter.FAMILY) != 0) {
      event.family = text();
    }
    return true;
  }

  private long difference() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  private long number() {
    byte part = bytes[next++];
    if (part >= 0) {
      return part;
    }
    long value = part & 0x7F;
    for (int shift = 7; ; shift += 7) {
      part = bytes[next++];
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  private UTF8String text() {
    int length = (int) number() - 1;
    if (length < 0) {
      return null;
    }
    next += length;
    return UTF8String.fromBytes(Arrays.copyOfRange(bytes, next - length, next));
  }
}
