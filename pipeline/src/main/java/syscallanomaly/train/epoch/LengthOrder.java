package syscallanomaly.train.epoch;

import java.io.Serializable;
import syscallanomaly.window.Permutation;
import syscallanomaly.window.RandomHash;

/**
 * A seeded order of traces that are numbered by length. Workers train in parallel on mini-batches
 * of traces of like length, so that they finish together.
 *
 * <p>Traces with consecutive numbers form groups. A group is one mini-batch for each worker. The
 * seed decides which traces come into the same group. For that, traces change places with
 * neighbours, and the traces of the incomplete group are taken from a random point of the order.
 * The groups come in random order, the incomplete one last. As in {@link Permutation}, any worker
 * can compute a place without memory.
 */
final class LengthOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK_OFFSET = 0;
  private static final int WITHIN_BLOCK = 1;
  private static final int PLACE_OF_REST = 2;
  private static final int WITHIN_GROUP = 3;
  private static final int GROUPS = 4;

  private final long traces;
  private final long group;
  private final long seed;

  /**
   * @param traces number of traces
   * @param group number of traces in a group: workers times mini-batch size, at least 1
   * @param seed seed of the order
   */
  LengthOrder(long traces, long group, long seed) {
    this.traces = traces;
    this.group = group;
    this.seed = seed;
  }

  /**
   * The place of the trace with this number. Different numbers have different places, 0 to traces -
   * 1.
   */
  long placeOf(long number) {
    long full = traces / group;
    long rest = traces % group;
    long shuffled = amongNeighbours(number);
    long restStart = Long.remainderUnsigned(bits(PLACE_OF_REST, 0), full + 1) * group;
    if (shuffled >= restStart && shuffled < restStart + rest) {
      return full * group
          + new Permutation(rest, bits(WITHIN_GROUP, full)).placeOf(shuffled - restStart);
    }
    long inFullGroups = shuffled < restStart ? shuffled : shuffled - rest;
    long groupNumber = inFullGroups / group;
    long inGroup =
        new Permutation(group, bits(WITHIN_GROUP, groupNumber)).placeOf(inFullGroups % group);
    return new Permutation(full, bits(GROUPS, 0)).placeOf(groupNumber) * group + inGroup;
  }

  /**
   * Shuffles blocks of neighbours. A block has the size of a group and begins in the middle of one.
   */
  private long amongNeighbours(long number) {
    long offset = Long.remainderUnsigned(bits(BLOCK_OFFSET, 0), group);
    long block = (number + offset) / group;
    long first = Math.max(0, block * group - offset);
    long last = Math.min(traces, (block + 1) * group - offset);
    return first + new Permutation(last - first, bits(WITHIN_BLOCK, block)).placeOf(number - first);
  }

  private long bits(int purpose, long position) {
    return RandomHash.bits(RandomHash.bits(seed, purpose), position);
  }
}
