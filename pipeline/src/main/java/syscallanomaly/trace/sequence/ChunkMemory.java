package syscallanomaly.trace.sequence;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The memory of a task's unfinished chunks: blocks of one size, of which each chunk takes as many
 * as it needs. Tasks hand their memory on. Otherwise the arrays of each would live so long that
 * Java counts them among the lasting objects, and keeps hundreds of megabytes of them before it
 * looks for garbage there.
 */
final class ChunkMemory {
  /** Bytes of a block. */
  static final int BLOCK = 1 << 7;

  private static final int SLAB = 1 << 20;
  private static final int BLOCKS_OF_SLAB = SLAB / BLOCK;
  private static final int LONGEST_NUMBER = 10;

  /** Longest event without its texts. */
  private static final int LONGEST_EVENT = 11 * LONGEST_NUMBER;

  /** Slabs that no task of this process uses now. Java may take them if it has little memory. */
  private static final ConcurrentLinkedQueue<SoftReference<byte[]>> UNUSED =
      new ConcurrentLinkedQueue<>();

  /** Copies of the texts of all chunks. */
  final SharedTexts texts = new SharedTexts();

  private final List<byte[]> slabs = new ArrayList<>();

  /** The block behind each block, in its chunk or among those that are free; -1: none. */
  private int[] next = new int[0];

  private int free = -1;
  private int used;

  /** The event that is being written. */
  private byte[] event = new byte[LONGEST_EVENT];

  private int size;

  /** Bytes of all blocks that chunks have. */
  long taken() {
    return (long) used * BLOCK;
  }

  /**
   * Takes a free block.
   *
   * @param before the chunk's last block, or -1 if it has none
   */
  int take(int before) {
    if (free < 0) {
      addSlab();
    }
    int block = free;
    free = next[block];
    next[block] = -1;
    if (before >= 0) {
      next[before] = block;
    }
    used++;
    return block;
  }

  private void addSlab() {
    SoftReference<byte[]> unused = UNUSED.poll();
    byte[] slab = unused == null ? null : unused.get();
    int first = slabs.size() * BLOCKS_OF_SLAB;
    slabs.add(slab == null ? new byte[SLAB] : slab);
    if (next.length < first + BLOCKS_OF_SLAB) {
      next = Arrays.copyOf(next, Math.max(2 * first, BLOCKS_OF_SLAB));
    }
    for (int i = first; i < first + BLOCKS_OF_SLAB; i++) {
      next[i] = i + 1;
    }
    next[first + BLOCKS_OF_SLAB - 1] = -1;
    free = first;
  }

  /** Copies a chunk's bytes, and frees its blocks. */
  byte[] release(int first, int bytes) {
    byte[] copy = new byte[bytes];
    int last = first;
    for (int done = 0, block = first; done < bytes; done += BLOCK, block = next[block]) {
      System.arraycopy(slab(block), offset(block), copy, done, Math.min(BLOCK, bytes - done));
      last = block;
      used--;
    }
    next[last] = free;
    free = first;
    return copy;
  }

  /** Gives all memory to other tasks. No chunk may have a block. */
  void handOn() {
    for (byte[] slab : slabs) {
      UNUSED.add(new SoftReference<>(slab));
    }
    slabs.clear();
    free = -1;
  }

  byte[] slab(int block) {
    return slabs.get(block / BLOCKS_OF_SLAB);
  }

  static int offset(int block) {
    return block % BLOCKS_OF_SLAB * BLOCK;
  }

  /**
   * Begins to write an event.
   *
   * @param bytesOfTexts bytes of its texts that are written
   */
  void begin(int bytesOfTexts) {
    size = 0;
    if (event.length < LONGEST_EVENT + bytesOfTexts) {
      event = new byte[2 * (LONGEST_EVENT + bytesOfTexts)];
    }
  }

  /** Bytes of the event so far. */
  int size() {
    return size;
  }

  /** The event so far; the array is longer. */
  byte[] event() {
    return event;
  }

  /** Writes a number that may be negative: small ones of either sign take one byte. */
  void difference(long value) {
    number((value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  /** Writes seven bits a byte, the lowest first; all bytes but the last have the upper bit. */
  void number(long value) {
    byte[] into = event;
    int at = size;
    long left = value;
    while ((left & ~0x7FL) != 0) {
      into[at++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    into[at++] = (byte) left;
    size = at;
  }

  void text(UTF8String text) {
    if (text == null) {
      number(0);
      return;
    }
    number(text.numBytes() + 1L);
    byte[] raw = text.getBytes();
    System.arraycopy(raw, 0, event, size, raw.length);
    size += raw.length;
  }
}
