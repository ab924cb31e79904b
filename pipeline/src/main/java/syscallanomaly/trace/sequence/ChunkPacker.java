package syscallanomaly.trace.sequence;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Packs the events of a task into chunks. It fills a chunk for each group at the same time. When
 * all of them together have taken their memory, it hands all out and begins again. So the chunks of
 * many groups are small, but the memory is the same.
 */
final class ChunkPacker implements Iterator<Row> {
  /** Bytes after which a chunk is full. Longer ones would save little, and take more to merge. */
  private static final int FULL = 1 << 14;

  /** Bytes of all unfinished chunks of a task. */
  static final int MEMORY = 1 << 25;

  /** What objects of an empty chunk take, in bytes, about. */
  private static final int OBJECTS = 512;

  private final Iterator<InternalRow> rows;
  private final int memory;
  private final Map<EventGroup, ChunkWriter> unfinished = new HashMap<>();
  private final EventGroup group = new EventGroup();
  private final Event event = new Event();
  private final SharedTexts texts = new SharedTexts();
  private long taken;

  /** The chunk of the last event, which often is that of the next. */
  private ChunkWriter latest;

  private ChunkWriter full;

  /** The chunks that are handed out, or null while chunks are filled. */
  private Iterator<ChunkWriter> finished;

  /**
   * @param rows rows with the columns of {@link EventColumns} and the hash behind them; the
   *     iterator may reuse one row
   * @param memory bytes of all unfinished chunks together
   */
  ChunkPacker(Iterator<InternalRow> rows, int memory) {
    this.rows = rows;
    this.memory = memory;
  }

  @Override
  public boolean hasNext() {
    while (full == null && finished == null && rows.hasNext()) {
      take(rows.next());
    }
    if (full == null && finished == null && !unfinished.isEmpty()) {
      finished = unfinished.values().iterator();
    }
    return full != null || finished != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (full != null) {
      Row row = full.row();
      full = null;
      return row;
    }
    ChunkWriter chunk = finished.next();
    finished.remove();
    if (!finished.hasNext()) {
      finished = null;
      taken = 0;
    }
    return chunk.row();
  }

  private void take(InternalRow row) {
    group.at(row);
    if (latest == null || !latest.group().equals(group)) {
      latest = chunkOf(group);
    }
    taken -= latest.capacity();
    latest.add(event.at(row, latest.group()));
    taken += latest.capacity();
    if (latest.size() >= FULL) {
      full = latest;
      unfinished.remove(latest.group());
      taken -= OBJECTS + latest.capacity();
      latest = null;
    } else if (taken > memory) {
      latest = null;
      finished = unfinished.values().iterator();
    }
  }

  private ChunkWriter chunkOf(EventGroup wanted) {
    ChunkWriter chunk = unfinished.get(wanted);
    if (chunk == null) {
      EventGroup own = wanted.copy(texts);
      chunk = new ChunkWriter(own, texts);
      unfinished.put(own, chunk);
      taken += OBJECTS + chunk.capacity();
    }
    return chunk;
  }
}
