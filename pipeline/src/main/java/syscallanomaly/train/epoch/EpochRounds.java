package syscallanomaly.train.epoch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.Tuple2;
import syscallanomaly.window.Permutation;

/**
 * One epoch's examples in a new order, dealt out to averaging rounds and workers.
 *
 * <p>A shuffle of compact windows lays out the epoch: partition {@code round * workers + worker}
 * holds what a worker trains on in a round, so that a round is a Spark job over exactly its own
 * partitions and no example is dropped. An epoch of more partitions than {@link #LARGEST_SHUFFLE}
 * is laid out in segments of consecutive rounds: one shuffle sends each example to its segment, and
 * a shuffle of its own lays out each segment when its turn comes. Which examples a worker trains on
 * in which order is the same with any number of segments.
 */
public final class EpochRounds {
  /**
   * Partitions of a shuffle. Each task that writes one keeps a buffer or a file position for each
   * partition, and each that reads it asks every writer for its part.
   */
  private static final int LARGEST_SHUFFLE = 4000;

  private final JavaPairRDD<Long, WeightedSequence> placed;
  private final Layout layout;
  private final Segments segments;
  private int laidOut = -1;
  private JavaRDD<List<WeightedSequence>> batches;

  private EpochRounds(
      JavaPairRDD<Long, WeightedSequence> placed, Layout layout, Segments segments) {
    this.placed =
        segments.count() == 1 ? placed : placed.partitionBy(new BySegment(layout, segments));
    this.layout = layout;
    this.segments = segments;
  }

  /** Examples in random order. */
  public static EpochRounds shuffled(
      WeightedSequences examples, int workers, int batchSize, int averagingFrequency, long seed) {
    return shuffled(examples, workers, batchSize, averagingFrequency, seed, LARGEST_SHUFFLE);
  }

  /** Likewise, with other segments. */
  static EpochRounds shuffled(
      WeightedSequences examples,
      int workers,
      int batchSize,
      int averagingFrequency,
      long seed,
      int largestShuffle) {
    Permutation order = new Permutation(examples.count(), seed);
    return ordered(
        examples,
        order::placeOf,
        new Layout(examples.count(), workers, batchSize, averagingFrequency),
        largestShuffle);
  }

  /** Examples that are numbered by length, so that those of like length are trained together. */
  public static EpochRounds ofLikeLength(
      WeightedSequences examples, int workers, int batchSize, int averagingFrequency, long seed) {
    LengthOrder order = new LengthOrder(examples.count(), (long) workers * batchSize, seed);
    return ordered(
        examples,
        order::placeOf,
        new Layout(examples.count(), workers, batchSize, averagingFrequency),
        LARGEST_SHUFFLE);
  }

  private static EpochRounds ordered(
      WeightedSequences examples, Order order, Layout layout, int largestShuffle) {
    JavaPairRDD<Long, WeightedSequence> placed =
        examples
            .numbered()
            .mapToPair(numbered -> new Tuple2<>(order.placeOf(numbered._2()), numbered._1()));
    int parallelism = placed.context().defaultParallelism();
    return new EpochRounds(placed, layout, Segments.of(layout, largestShuffle, parallelism));
  }

  public int rounds() {
    return layout.rounds();
  }

  /** Examples of a round and all after it. */
  public long examplesFrom(int round) {
    return Math.max(0, layout.examples - round * layout.examplesPerRound());
  }

  /** Examples of a round. */
  public long examplesOf(int round) {
    return Math.min(layout.examplesPerRound(), layout.examples - round * layout.examplesPerRound());
  }

  /** A round's mini-batches, a partition a worker. */
  public synchronized JavaRDD<List<WeightedSequence>> round(int round) {
    int segment = segments.of(round);
    if (segment != laidOut) {
      batches = layOut(segment);
      laidOut = segment;
    }
    int workers = layout.workers;
    int inSegment = round - segments.firstRound(segment);
    return pruned(batches.rdd(), partition -> partition / workers == inSegment).toJavaRDD();
  }

  private JavaRDD<List<WeightedSequence>> layOut(int segment) {
    Layout shared = layout;
    ByPlace partitioner =
        new ByPlace(layout, segments.firstRound(segment), segments.rounds(segment, layout));
    int spread = segments.spread();
    JavaPairRDD<Long, WeightedSequence> ofSegment =
        segments.count() == 1
            ? placed
            : JavaPairRDD.fromRDD(
                pruned(placed.rdd(), partition -> partition / spread == segment),
                placed.kClassTag(),
                placed.vClassTag());
    return ofSegment.partitionBy(partitioner).mapPartitions(examples -> batches(examples, shared));
  }

  private static <T> RDD<T> pruned(RDD<T> all, PartitionChoice choice) {
    Function1<Object, Object> wanted =
        (Function1<Object, Object> & Serializable) partition -> choice.takes((int) partition);
    return PartitionPruningRDD.create(all, wanted);
  }

  /** Says which partitions are wanted. */
  private interface PartitionChoice extends Serializable {
    boolean takes(int partition);
  }

  /** Gives each number of an example a place in the epoch, from 0 on, each a different one. */
  private interface Order extends Serializable {
    long placeOf(long number);
  }

  private static Iterator<List<WeightedSequence>> batches(
      Iterator<Tuple2<Long, WeightedSequence>> placed, Layout layout) {
    List<Tuple2<Long, WeightedSequence>> sorted = new ArrayList<>();
    placed.forEachRemaining(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    List<List<WeightedSequence>> batches = new ArrayList<>();
    long batch = -1;
    for (Tuple2<Long, WeightedSequence> example : sorted) {
      if (layout.batchOf(example._1()) != batch) {
        batch = layout.batchOf(example._1());
        batches.add(new ArrayList<>(layout.batchSize));
      }
      batches.get(batches.size() - 1).add(example._2());
    }
    return batches.iterator();
  }

  /** Which batch, round and worker a place in the epoch's order belongs to. */
  record Layout(long examples, int workers, int batchSize, int averagingFrequency)
      implements Serializable {
    long batchOf(long place) {
      return place / batchSize;
    }

    long examplesPerRound() {
      return (long) batchSize * workers * averagingFrequency;
    }

    public int rounds() {
      return Math.toIntExact((examples + examplesPerRound() - 1) / examplesPerRound());
    }

    int roundOf(long place) {
      return Math.toIntExact(batchOf(place) / ((long) workers * averagingFrequency));
    }

    int workerOf(long place) {
      return (int) (batchOf(place) % workers);
    }
  }

  /**
   * How an epoch is cut into segments.
   *
   * @param count of segments, at least 1
   * @param roundsOfOne rounds of a segment; the last one may have fewer
   * @param spread partitions that a segment is read from
   */
  record Segments(int count, int roundsOfOne, int spread) implements Serializable {
    /**
     * As few as there can be.
     *
     * @param largestShuffle partitions of a shuffle, unless there are more workers
     * @param parallelism tasks that it is worth while to read a segment with
     */
    static Segments of(Layout layout, int largestShuffle, int parallelism) {
      int roundsOfOne = Math.max(1, largestShuffle / layout.workers());
      int count = Math.max(1, (layout.rounds() + roundsOfOne - 1) / roundsOfOne);
      return new Segments(
          count, roundsOfOne, Math.max(1, Math.min(parallelism, largestShuffle / count)));
    }

    int of(int round) {
      return round / roundsOfOne;
    }

    int firstRound(int segment) {
      return segment * roundsOfOne;
    }

    public int rounds(int segment, Layout layout) {
      return Math.min(roundsOfOne, layout.rounds() - firstRound(segment));
    }
  }

  /** Sends examples to the partitions that their segment is read from. */
  private static final class BySegment extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final Layout layout;
    private final Segments segments;

    BySegment(Layout layout, Segments segments) {
      this.layout = layout;
      this.segments = segments;
    }

    @Override
    public int numPartitions() {
      return segments.count() * segments.spread();
    }

    @Override
    public int getPartition(Object place) {
      int segment = segments.of(layout.roundOf((Long) place));
      return segment * segments.spread() + (int) ((Long) place % segments.spread());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BySegment that
          && layout.equals(that.layout)
          && segments.equals(that.segments);
    }

    @Override
    public int hashCode() {
      return Objects.hash(layout, segments);
    }
  }

  /** Sends examples of some consecutive rounds to the worker that trains on them. */
  private static final class ByPlace extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final Layout layout;
    private final int firstRound;
    private final int rounds;

    ByPlace(Layout layout, int firstRound, int rounds) {
      this.layout = layout;
      this.firstRound = firstRound;
      this.rounds = rounds;
    }

    @Override
    public int numPartitions() {
      return rounds * layout.workers();
    }

    @Override
    public int getPartition(Object place) {
      long number = (Long) place;
      return (layout.roundOf(number) - firstRound) * layout.workers() + layout.workerOf(number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByPlace that
          && layout.equals(that.layout)
          && firstRound == that.firstRound
          && rounds == that.rounds;
    }

    @Override
    public int hashCode() {
      return Objects.hash(layout, firstRound, rounds);
    }
  }
}
