package syscallanomaly.score.ngram;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scala.Tuple4;
import syscallanomaly.score.GramCounts;

/**
 * Counts of n-grams in little memory. Each node is an n-gram; its children are the n-grams with one
 * more symbol at the end. There is a root for each fold: the n-gram of no symbol.
 *
 * <p>The nodes stand in one hash table with open addressing, whose keys are a parent and a symbol.
 * So the child of a long n-gram costs no more to find than that of a short one, and no two
 * different n-grams are taken for one.
 */
final class NGramTrie implements Serializable {
  /** No node. */
  static final int NONE = -1;

  private static final long serialVersionUID = 1L;

  /** The parent of the roots. It has no slot. */
  private static final int ABOVE_ROOTS = -2;

  /** Marks a free slot. {@link #NONE} has no children. */
  private static final long FREE = -1;

  private static final int BYTES_OF_SLOT = 3 * Long.BYTES + 2 * Integer.BYTES;
  private static final int FEWEST_SLOTS = 4;

  /** 2^64 divided by the golden ratio. Its multiples are spread evenly modulo 2^64. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final long[] counts;
  private final long[] totals;
  private final int[] followers;
  private final int[] continuations;
  private final int most;
  private int nodes;

  /**
   * @param most number of nodes that the trie has room for; {@link #bytes} of them are taken at
   *     once
   */
  NGramTrie(int most) {
    int slots = Math.toIntExact(slots(most));
    this.most = most;
    this.keys = new long[slots];
    this.counts = new long[slots];
    this.totals = new long[slots];
    this.followers = new int[slots];
    this.continuations = new int[slots];
    Arrays.fill(keys, FREE);
  }

  /** Memory in bytes of a trie that has room for so many nodes. */
  static long bytes(long nodes) {
    return slots(nodes) * BYTES_OF_SLOT;
  }

  /** A quarter of the slots stays free, so that a search ends soon. */
  private static long slots(long nodes) {
    long fewest = Math.max(FEWEST_SLOTS, nodes + nodes / 3);
    return Long.highestOneBit(2 * fewest - 1);
  }

  /** Number of nodes that can still be added. */
  int room() {
    return most - nodes;
  }

  void clear() {
    Arrays.fill(keys, FREE);
    Arrays.fill(counts, 0);
    Arrays.fill(totals, 0);
    Arrays.fill(followers, 0);
    Arrays.fill(continuations, 0);
    nodes = 0;
  }

  /** The root of a fold. It is added if it is missing. */
  int addRoot(int fold) {
    return add(ABOVE_ROOTS, fold);
  }

  /**
   * The child of a node. It is added if it is missing.
   *
   * @throws IllegalStateException if there is no room for it
   */
  int add(int node, int symbol) {
    long key = key(node, symbol);
    int slot = slot(key);
    if (keys[slot] == FREE) {
      if (nodes == most) {
        throw new IllegalStateException(
            "Cannot hold more than %d n-grams: their number is larger than was said"
                .formatted(most));
      }
      nodes++;
      keys[slot] = key;
    }
    return slot;
  }

  /**
   * Counts that a call follows a context, and returns the n-gram of both.
   *
   * @param context node of the context
   * @param times number of times, at least 1
   */
  int count(int context, int call, long times) {
    int gram = add(context, call);
    followers[context] += counts[gram] == 0 ? 1 : 0;
    counts[gram] += times;
    totals[context] += times;
    return gram;
  }

  /** Counts that one more symbol stands before a call. */
  void countContinuation(int root, int call) {
    continuations[add(root, call)]++;
    continuations[root]++;
  }

  /** The root of a fold, or {@link #NONE}. */
  int root(int fold) {
    return child(ABOVE_ROOTS, fold);
  }

  /** The child of a node, or {@link #NONE}. */
  int child(int node, int symbol) {
    int slot = slot(key(node, symbol));
    return keys[slot] == FREE ? NONE : slot;
  }

  /** How often the n-gram of a node was counted; of {@link #NONE} 0. */
  long count(int node) {
    return node == NONE ? 0 : counts[node];
  }

  /** How often a call follows the n-gram of a node; of {@link #NONE} 0. */
  long total(int node) {
    return node == NONE ? 0 : totals[node];
  }

  /** How many different calls follow the n-gram of a node. */
  int followers(int node) {
    return followers[node];
  }

  /**
   * How many different symbols stand before the call of a node, of {@link #NONE} 0; of a root, the
   * sum of that over all calls.
   */
  int continuations(int node) {
    return node == NONE ? 0 : continuations[node];
  }

  /**
   * The contexts that were counted: fold, context as {@link GramCounts#gram}, the calls that follow
   * it in ascending order, and how often each does.
   */
  Iterator<Tuple4<Integer, byte[], int[], long[]>> contexts() {
    // All children of a node come together.
    long[] sorted = LongStream.of(keys).filter(key -> key != FREE).sorted().toArray();
    return IntStream.range(0, sorted.length)
        .filter(i -> i == 0 || parent(sorted[i]) != parent(sorted[i - 1]))
        .filter(i -> parent(sorted[i]) != ABOVE_ROOTS && totals[parent(sorted[i])] > 0)
        .mapToObj(i -> context(sorted, i))
        .iterator();
  }

  private Tuple4<Integer, byte[], int[], long[]> context(long[] sorted, int first) {
    int context = parent(sorted[first]);
    int[] calls = new int[followers[context]];
    long[] times = new long[calls.length];
    int found = 0;
    for (int i = first; found < calls.length; i++) {
      long count = counts[slot(sorted[i])];
      // Start symbols follow contexts too, but are not counted.
      if (count > 0) {
        calls[found] = (int) sorted[i];
        times[found++] = count;
      }
    }
    int[] path = path(context);
    return new Tuple4<>(path[0], GramCounts.gram(path, 1, path.length - 1), calls, times);
  }

  /** The fold of a node and the symbols of its n-gram. */
  private int[] path(int node) {
    int length = 1;
    for (int above = node; parent(keys[above]) != ABOVE_ROOTS; above = parent(keys[above])) {
      length++;
    }
    int[] path = new int[length];
    int above = node;
    for (int i = length - 1; i >= 0; i--) {
      path[i] = (int) keys[above];
      above = parent(keys[above]);
    }
    return path;
  }

  private static long key(int node, int symbol) {
    return ((long) node << Integer.SIZE) | (symbol & 0xFFFFFFFFL);
  }

  private static int parent(long key) {
    return (int) (key >> Integer.SIZE);
  }

  /** The slot of a key, or the free slot where it belongs. */
  private int slot(long key) {
    // The upper bits of a product depend on more of its factors' bits than the lower ones.
    int slot = (int) ((key * SPREAD) >>> (Long.numberOfLeadingZeros(keys.length) + 1));
    while (keys[slot] != key && keys[slot] != FREE) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
