package syscallanomaly.trace.sequence;

import java.util.Arrays;
import java.util.Iterator;

/**
 * The unfinished chunks of a task by their groups: a hash table with open addressing. Each event is
 * looked up in it, mostly one of another process than the event before, so what a look-up reads
 * lies close together: the hash stands beside the place of the chunk.
 */
final class ChunkTable {
  private static final int FIRST_SLOTS = 1 << 8;

  /** A slot has the hash in its upper half, and the number of its chunk plus 1 in its lower. */
  private long[] slots = new long[FIRST_SLOTS];

  private ChunkWriter[] chunks = new ChunkWriter[FIRST_SLOTS / 2];
  private int size;

  /** Number of chunks. */
  int size() {
    return size;
  }

  /** The chunk of a group, or null. */
  ChunkWriter get(EventGroup group) {
    int hash = group.hashCode();
    int mask = slots.length - 1;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      long slot = slots[at];
      if (slot == 0) {
        return null;
      }
      if ((int) (slot >>> Integer.SIZE) == hash) {
        ChunkWriter chunk = chunks[(int) slot - 1];
        if (chunk.group().equals(group)) {
          return chunk;
        }
      }
    }
  }

  /** Adds the chunk of a group that has none. */
  void add(ChunkWriter chunk) {
    if (size == chunks.length) {
      grow();
    }
    chunks[size++] = chunk;
    place(chunk.group().hashCode(), size);
  }

  /** Empties the table, and gives the chunks that were in it, in the order of adding. */
  Iterator<ChunkWriter> removeAll() {
    Iterator<ChunkWriter> all = Arrays.asList(chunks).subList(0, size).iterator();
    slots = new long[FIRST_SLOTS];
    chunks = new ChunkWriter[FIRST_SLOTS / 2];
    size = 0;
    return all;
  }

  private void place(int hash, int number) {
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = ((long) hash << Integer.SIZE) | number;
  }

  private void grow() {
    chunks = Arrays.copyOf(chunks, 2 * size);
    slots = new long[4 * size];
    for (int i = 0; i < size; i++) {
      place(chunks[i].group().hashCode(), i + 1);
    }
  }
}
