package syscallanomaly.trace.sequence;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Gives the events of sorted chunks, in order. A chunk is opened when its first event is next.
 * Usually it is the only open one of its group, since recordings are written in the order of time.
 * Chunks of several files may overlap. If so many do that they take too much memory, Spark sorts
 * their events on disk, until a chunk begins after all of them.
 */
final class ChunkMerger implements Iterator<Event> {
  /** Bytes of all open chunks of a task. */
  static final int MEMORY = 1 << 25;

  /** What objects of an open chunk take, in bytes, about. */
  private static final int OBJECTS = 512;

  private final Iterator<InternalRow> rows;
  private final int memory;
  private final PriorityQueue<ChunkReader> open =
      new PriorityQueue<>(Comparator.comparing(ChunkReader::event));
  private final SharedTexts texts = new SharedTexts();
  private long taken;

  /** The open chunk that has the next event; it is not in the queue. */
  private ChunkReader current;

  /** The chunk that is opened next, or null if there is none, and whether its group goes on. */
  private ChunkReader following;

  private boolean goesOn;

  /** Events that Spark has sorted, or null. */
  private Iterator<Event> sorted;

  private boolean isFound;

  /**
   * @param rows chunks in the order of {@link ChunkColumns#order}; the iterator may reuse one row
   * @param memory bytes of all open chunks
   */
  ChunkMerger(Iterator<InternalRow> rows, int memory) {
    this.rows = rows;
    this.memory = memory;
    readFollowing(null);
  }

  @Override
  public boolean hasNext() {
    isFound = isFound || find();
    return isFound;
  }

  @Override
  public Event next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    isFound = false;
    return sorted != null ? sorted.next() : current.event();
  }

  /** Finds the next event. */
  private boolean find() {
    if (sorted != null) {
      if (sorted.hasNext()) {
        return true;
      }
      sorted = null;
    }
    if (current != null && !current.next()) {
      taken -= memoryOf(current);
      current = null;
    }
    if (current == null) {
      current = open.poll();
    }
    if (current == null) {
      if (following == null) {
        return false;
      }
      current = openFollowing();
    }
    findFirst();
    while (goesOn && following.event().comparePlace(current.event()) <= 0) {
      open.add(openFollowing());
      if (taken > memory) {
        sorted = sort();
        return true;
      }
      findFirst();
    }
    return true;
  }

  /** Makes the chunk current whose present event is the first of those of all open chunks. */
  private void findFirst() {
    ChunkReader other = open.peek();
    if (other != null && other.event().compareTo(current.event()) < 0) {
      open.add(current);
      current = open.poll();
    }
  }

  private ChunkReader openFollowing() {
    ChunkReader opened = following;
    taken += memoryOf(opened);
    readFollowing(opened);
    return opened;
  }

  private void readFollowing(ChunkReader before) {
    following = rows.hasNext() ? ChunkColumns.reader(rows.next(), texts) : null;
    if (following != null) {
      following.next();
    }
    goesOn =
        before != null
            && following != null
            && following.event().group.isSameBut(before.event().group);
  }

  private static long memoryOf(ChunkReader chunk) {
    return (long) OBJECTS + chunk.size();
  }

  /** Has Spark sort the events of all open chunks, and of those that overlap with them. */
  private Iterator<Event> sort() {
    EventSorter sorter = new EventSorter(current.event().group);
    Event last = new Event().set(current.event());
    sorter.addAll(current, last);
    while (!open.isEmpty()) {
      sorter.addAll(open.poll(), last);
    }
    while (goesOn && following.event().comparePlace(last) <= 0) {
      sorter.addAll(openFollowing(), last);
    }
    current = null;
    taken = 0;
    return sorter.sorted();
  }
}
