package syscallanomaly.window;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Numbers of windows and of distinct windows.
 *
 * <p>Windows are told apart by a hash of 64 bits, which {@link RandomHash#bits} chains over their
 * vocabulary indices. So two different windows may count as one. With n distinct windows, the
 * expected error is n^2 / 2^65 windows: one in 6 billion.
 *
 * @param windows number of windows
 * @param distinct number of distinct windows
 */
record WindowCount(long windows, long distinct) {

  /**
   * Counts the windows of traces in groups. The hashes go through one shuffle, in arrays of
   * numbers. A task holds the hashes of its partition, 8 bytes for each window.
   *
   * @param traces calls of each trace, with the number of its group, from 0 on
   * @param groups number of groups, at least 1
   * @param length number of calls in a window, at least 1
   * @param partitions number of partitions of the shuffle for each group, at least 1
   * @return the numbers for each group
   */
  static List<WindowCount> of(
      JavaRDD<Tuple2<Integer, int[]>> traces,
      int groups,
      int length,
      Vocabulary vocabulary,
      int partitions) {
    // Arrays of numbers travel, because Kryo cannot carry records.
    List<long[]> counts =
        traces
            .mapPartitionsToPair(
                grouped -> new Dealt(grouped, groups, length, vocabulary, partitions))
            .partitionBy(new HashPartitioner(groups * partitions))
            .mapPartitionsWithIndex(
                (index, dealt) ->
                    Collections.singleton(count(index / partitions, dealt)).iterator(),
                /* preservesPartitioning= */ true)
            .collect();
    long[] windows = new long[groups];
    long[] distinct = new long[groups];
    for (long[] count : counts) {
      windows[(int) count[0]] += count[1];
      distinct[(int) count[0]] += count[2];
    }
    return IntStream.range(0, groups)
        .mapToObj(group -> new WindowCount(windows[group], distinct[group]))
        .toList();
  }

  /** The group of a partition and its numbers of windows and of distinct windows. */
  private static long[] count(int group, Iterator<Tuple2<Integer, long[]>> dealt) {
    long[] hashes = new long[1024];
    int size = 0;
    while (dealt.hasNext()) {
      long[] more = dealt.next()._2();
      if (size + more.length > hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.max(2 * hashes.length, size + more.length));
      }
      System.arraycopy(more, 0, hashes, size, more.length);
      size += more.length;
    }
    Arrays.sort(hashes, 0, size);
    long distinct = size == 0 ? 0 : 1;
    for (int i = 1; i < size; i++) {
      distinct += hashes[i] == hashes[i - 1] ? 0 : 1;
    }
    return new long[] {group, size, distinct};
  }

  /** The hashes of a trace's windows, in order. */
  static PrimitiveIterator.OfLong hashes(int[] calls, int length, Vocabulary vocabulary) {
    int[] indices = Arrays.stream(calls).map(vocabulary::indexOf).toArray();
    return TraceWindows.positions(indices, length)
        .mapToLong(
            start -> {
              long hash = length;
              for (int i = start; i < start + length; i++) {
                hash = RandomHash.bits(hash, indices[i]);
              }
              return hash;
            })
        .iterator();
  }

  /**
   * Deals the hashes of a task's windows out to the partitions of the shuffle. Each element is the
   * number of a partition and some of its hashes.
   */
  private static final class Dealt implements Iterator<Tuple2<Integer, long[]>> {
    /** Hashes in an array. With 4,000 partitions, the arrays of a group take 16 MB of a task. */
    private static final int SIZE = 512;

    private final Iterator<Tuple2<Integer, int[]>> traces;
    private final int length;
    private final Vocabulary vocabulary;
    private final int partitions;
    private final long[][] hashes;
    private final int[] sizes;
    private final Deque<Tuple2<Integer, long[]>> full = new ArrayDeque<>();
    private PrimitiveIterator.OfLong ofTrace = LongStream.empty().iterator();
    private int group;
    private int flushed;

    Dealt(
        Iterator<Tuple2<Integer, int[]>> traces,
        int groups,
        int length,
        Vocabulary vocabulary,
        int partitions) {
      this.traces = traces;
      this.length = length;
      this.vocabulary = vocabulary;
      this.partitions = partitions;
      this.hashes = new long[groups * partitions][];
      this.sizes = new int[groups * partitions];
    }

    @Override
    public boolean hasNext() {
      while (full.isEmpty() && (ofTrace.hasNext() || traces.hasNext())) {
        if (ofTrace.hasNext()) {
          deal(ofTrace.nextLong());
        } else {
          Tuple2<Integer, int[]> trace = traces.next();
          group = trace._1();
          ofTrace = hashes(trace._2(), length, vocabulary);
        }
      }
      while (full.isEmpty() && flushed < sizes.length) {
        if (sizes[flushed] > 0) {
          full.add(new Tuple2<>(flushed, Arrays.copyOf(hashes[flushed], sizes[flushed])));
        }
        hashes[flushed++] = null;
      }
      return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, long[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return full.remove();
    }

    private void deal(long hash) {
      int partition = group * partitions + (int) Long.remainderUnsigned(hash, partitions);
      if (hashes[partition] == null) {
        hashes[partition] = new long[SIZE];
      }
      hashes[partition][sizes[partition]++] = hash;
      if (sizes[partition] == SIZE) {
        full.add(new Tuple2<>(partition, hashes[partition]));
        hashes[partition] = null;
        sizes[partition] = 0;
      }
    }
  }
}
