package syscallanomaly.train.epoch;

import java.io.Serializable;
import syscallanomaly.window.Permutation;
import syscallanomaly.window.RandomHash;

/**
 * A seeded order of traces that are numbered by length. Workers train in parallel on mini-batches
 * of traces of like length, so that they finish together.
 *
 * <p>Traces with consecutive numbers form groups. A group is one mini-batch for each worker. The
 * sizes of the groups differ by at most one; by length, larger and smaller groups lie evenly among
 * each other. The seed decides which traces come into the same group: before the groups are formed,
 * traces change places with neighbours. The groups come in random order, the larger ones first, as
 * {@link EvenShares} has it. As in {@link Permutation}, any worker can compute a place without
 * memory.
 */
final class LengthOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK_OFFSET = 0;
  private static final int WITHIN_BLOCK = 1;
  private static final int WITHIN_GROUP = 2;
  private static final int LARGER_GROUPS = 3;
  private static final int SMALLER_GROUPS = 4;

  private final EvenShares groups;
  private final long seed;

  /**
   * @param groups how the traces are dealt out to groups
   * @param seed seed of the order
   */
  LengthOrder(EvenShares groups, long seed) {
    this.groups = groups;
    this.seed = seed;
  }

  /**
   * The place of the trace with this number. Different numbers have different places, 0 to traces -
   * 1.
   */
  long placeOf(long number) {
    long shuffled = amongNeighbours(number);
    long group = groupByLength(shuffled);
    long first = firstByLength(group);
    long size = firstByLength(group + 1) - first;
    long inGroup = new Permutation(size, bits(WITHIN_GROUP, group)).placeOf(shuffled - first);
    return groups.firstOf(inEpoch(group)) + inGroup;
  }

  /** Shuffles blocks of neighbours. A block has the size of a group and begins in one's middle. */
  private long amongNeighbours(long number) {
    long traces = groups.places();
    long length = groups.sizeOf(0);
    long offset = Long.remainderUnsigned(bits(BLOCK_OFFSET, 0), length);
    long block = (number + offset) / length;
    long first = Math.max(0, block * length - offset);
    long last = Math.min(traces, (block + 1) * length - offset);
    return first + new Permutation(last - first, bits(WITHIN_BLOCK, block)).placeOf(number - first);
  }

  /** The group of a trace, counted by length. */
  private long groupByLength(long number) {
    // An estimate, because an exact product could exceed the largest number.
    long group = (long) ((double) number / groups.places() * groups.parts());
    while (firstByLength(group) > number) {
      group--;
    }
    while (firstByLength(group + 1) <= number) {
      group++;
    }
    return group;
  }

  /** The first trace of a group, counted by length. */
  private long firstByLength(long group) {
    return group * (groups.places() / groups.parts()) + largerBefore(group);
  }

  /** Number of larger groups before a group, counted by length. */
  private long largerBefore(long group) {
    return group * (groups.places() % groups.parts()) / groups.parts();
  }

  /** The place that a group, counted by length, has among the groups of the epoch. */
  private long inEpoch(long group) {
    long larger = groups.places() % groups.parts();
    long before = largerBefore(group);
    return largerBefore(group + 1) > before
        ? new Permutation(larger, bits(LARGER_GROUPS, 0)).placeOf(before)
        : larger
            + new Permutation(groups.parts() - larger, bits(SMALLER_GROUPS, 0))
                .placeOf(group - before);
  }

  private long bits(int purpose, long position) {
    return RandomHash.bits(RandomHash.bits(seed, purpose), position);
  }
}
