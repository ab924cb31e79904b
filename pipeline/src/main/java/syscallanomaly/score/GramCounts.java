package syscallanomaly.score;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Iterates over the n-grams of traces, with the number of times that each occurs.
 *
 * <p>A table of bounded size counts them. When it is full, the iterator returns what the table
 * holds, and the table begins anew. So an n-gram may come several times, and the sum of its counts
 * is exact.
 *
 * @param <T> type of an element
 */
public final class GramCounts<T> implements Iterator<T> {
  private static final int MOST_BYTES = 5;

  private final Iterator<int[]> traces;
  private final int length;
  private final Table table;
  private final GramRow<T> row;
  private int[] calls = {};
  private int start;
  private int place;

  /**
   * Makes an element of an n-gram.
   *
   * @param <T> type of the element
   */
  @FunctionalInterface
  public interface GramRow<T> {
    /**
     * Makes the element.
     *
     * @param gram calls of the n-gram, see {@link GramCounts#gram}
     * @param count number of times that the n-gram occurs, at least 1
     */
    T of(byte[] gram, int count);
  }

  /**
   * @param traces calls of each trace
   * @param length number of calls in an n-gram, at least 1; a shorter trace has no n-gram
   * @param cells largest number of ints in the table; it has four slots even if they need more
   * @param row makes each element
   */
  public GramCounts(Iterator<int[]> traces, int length, int cells, GramRow<T> row) {
    this.traces = traces;
    this.length = length;
    this.table = new Table(length, cells);
    this.row = row;
  }

  @Override
  public boolean hasNext() {
    place = table.nextTaken(place);
    if (place == table.end() && hasGram()) {
      table.clear();
      while (!table.isFull() && hasGram()) {
        table.add(calls, start++);
      }
      place = table.nextTaken(0);
    }
    return place < table.end();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return row.of(table.gram(place), table.count(place++));
  }

  /**
   * The calls of an n-gram as bytes. Each takes one byte for seven of its bits, the lowest ones
   * first; all bytes of a call but the last are negative. So different n-grams of the same length
   * have different bytes, and small numbers take little space.
   *
   * @param calls holds the calls of the n-gram one after another
   * @param start place of the first one in {@code calls}
   * @param length number of calls in the n-gram
   */
  public static byte[] gram(int[] calls, int start, int length) {
    byte[] gram = new byte[MOST_BYTES * length];
    int size = 0;
    for (int place = start; place < start + length; place++) {
      int rest = calls[place];
      while (rest >>> 7 != 0) {
        gram[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      gram[size++] = (byte) rest;
    }
    return Arrays.copyOf(gram, size);
  }

  /** Goes on to the next trace that has an n-gram, unless this one has another. */
  private boolean hasGram() {
    while (start > calls.length - length) {
      if (!traces.hasNext()) {
        return false;
      }
      calls = traces.next();
      start = 0;
    }
    return true;
  }

  /**
   * A hash table with open addressing, in one array of ints. A slot holds the calls of an n-gram
   * and its count; a count of 0 marks a free slot. The table begins without slots and doubles.
   *
   * <p>N-grams are compared call by call. So no two different n-grams are taken for one.
   */
  private static final class Table {
    private static final int FEWEST_SLOTS = 4;

    /** 2^64 divided by the golden ratio. Its multiples are spread evenly modulo 2^64. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int length;
    private final int width;
    private final int mostSlots;
    private int[] cells = {};
    private int slots;
    private int distinct;
    private int added;

    Table(int length, int most) {
      this.length = length;
      this.width = length + 1;
      this.mostSlots = Math.max(FEWEST_SLOTS, Integer.highestOneBit(most / width));
    }

    /** Says whether the table must be cleared before it can take another n-gram. */
    boolean isFull() {
      // No count can exceed an int if their sum does not.
      return distinct == room(mostSlots) || added == Integer.MAX_VALUE;
    }

    /** Number of n-grams in a number of slots. A quarter stays free, so that a search ends soon. */
    private static int room(int slots) {
      return slots / 4 * 3;
    }

    void clear() {
      Arrays.fill(cells, 0);
      distinct = 0;
      added = 0;
    }

    /** Counts the n-gram that begins at a position of a trace. */
    void add(int[] calls, int start) {
      if (distinct == room(slots)) {
        grow();
      }
      int cell = find(calls, start);
      if (cells[cell + length] == 0) {
        System.arraycopy(calls, start, cells, cell, length);
        distinct++;
      }
      cells[cell + length]++;
      added++;
    }

    private void grow() {
      int[] smaller = cells;
      slots = Math.max(FEWEST_SLOTS, 2 * slots);
      cells = new int[slots * width];
      for (int from = 0; from < smaller.length; from += width) {
        if (smaller[from + length] > 0) {
          System.arraycopy(smaller, from, cells, find(smaller, from), width);
        }
      }
    }

    /** The first cell of the slot that holds an n-gram, or of the free slot where it belongs. */
    private int find(int[] calls, int start) {
      long hash = 0;
      for (int i = start; i < start + length; i++) {
        hash = (Long.rotateLeft(hash, 5) ^ calls[i]) * SPREAD;
      }
      // The upper bits of a product depend on more of its factors' bits than the lower ones.
      int slot = (int) (hash >>> (Long.numberOfLeadingZeros(slots) + 1));
      while (cells[slot * width + length] > 0 && !holds(slot * width, calls, start)) {
        slot = (slot + 1) & (slots - 1);
      }
      return slot * width;
    }

    private boolean holds(int cell, int[] calls, int start) {
      for (int i = 0; i < length; i++) {
        if (cells[cell + i] != calls[start + i]) {
          return false;
        }
      }
      return true;
    }

    /** The number of slots. */
    int end() {
      return slots;
    }

    /** The first slot from the given one on that holds an n-gram, or {@link #end}. */
    int nextTaken(int slot) {
      int next = slot;
      while (next < slots && count(next) == 0) {
        next++;
      }
      return next;
    }

    int count(int slot) {
      return cells[slot * width + length];
    }

    byte[] gram(int slot) {
      return GramCounts.gram(cells, slot * width, length);
    }
  }
}
