package syscallanomaly.trace.sequence;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Packs the events of a task into chunks. It fills a chunk for each group at the same time. When
 * all of them together have taken their memory, it hands all out and begins again. So the chunks of
 * many groups are small, but the memory is the same.
 */
final class ChunkPacker implements Iterator<Row> {
  /** Bytes after which a chunk is full. Longer ones would save little, and take more to merge. */
  private static final int FULL = 1 << 14;

  /** Bytes of all unfinished chunks of a task. */
  static final int MEMORY = 3 << 23;

  /** What objects of an empty chunk take, in bytes, about. */
  private static final int OBJECTS = 256;

  private final Iterator<Event> events;
  private final int memory;
  private final ChunkTable unfinished = new ChunkTable();
  private final ChunkMemory taken = new ChunkMemory();

  /** The chunk of the last event, which often is that of the next, or null. */
  private ChunkWriter latest;

  private Row full;

  /** The chunks that are handed out. */
  private Iterator<ChunkWriter> finished = Collections.emptyIterator();

  /**
   * @param events the iterator may reuse one object
   * @param memory bytes of all unfinished chunks together
   */
  ChunkPacker(Iterator<Event> events, int memory) {
    this.events = events;
    this.memory = memory;
  }

  @Override
  public boolean hasNext() {
    while (full == null) {
      if (finished.hasNext()) {
        ChunkWriter chunk = finished.next();
        full = chunk.isEmpty() ? null : chunk.takeRow();
      } else if (events.hasNext()) {
        pack(events.next());
      } else {
        handAllOut();
        if (!finished.hasNext()) {
          taken.handOn();
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = full;
    full = null;
    return row;
  }

  private void pack(Event event) {
    ChunkWriter chunk = latest;
    if (chunk == null || !chunk.group().equals(event.group)) {
      chunk = chunkOf(event);
      latest = chunk;
    }
    chunk.add(event);
    if (chunk.size() >= FULL) {
      full = chunk.takeRow();
    } else if (taken.taken() + (long) OBJECTS * unfinished.size() > memory) {
      handAllOut();
    }
  }

  private ChunkWriter chunkOf(Event event) {
    ChunkWriter chunk = unfinished.get(event.group);
    if (chunk == null) {
      chunk = new ChunkWriter(event.ownGroup(taken.texts), taken);
      unfinished.add(chunk);
    }
    return chunk;
  }

  private void handAllOut() {
    latest = null;
    finished = unfinished.removeAll();
  }
}
