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
 * One epoch's sequences in a new order, dealt out to averaging rounds and workers.
 *
 * <p>A Spark shuffle of compact sequences lays out the epoch. Partition {@code round * workers +
 * worker} holds the sequences of a worker in a round. So a round is a Spark job over exactly its
 * own partitions, and no sequence is dropped.
 *
 * <p>An epoch with more partitions than {@link #LARGEST_SHUFFLE} is laid out in segments of
 * consecutive rounds. One shuffle sends each sequence to its segment. Another shuffle lays out each
 * segment when its first round begins. The number of segments does not change which sequences a
 * worker trains on, nor their order.
 */
public final class EpochRounds {
  /**
   * Largest number of partitions of a shuffle. A task that writes a shuffle keeps a buffer or a
   * file position for each partition. A task that reads one asks every writer for its part.
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

  /**
   * Puts sequences into a random order.
   *
   * @param workers number of workers, at least 1
   * @param batchSize number of sequences in a worker's mini-batch, at least 1
   * @param averagingFrequency number of a worker's mini-batches in a round, at least 1
   * @param seed seed of the order
   */
  public static EpochRounds shuffled(
      WeightedSequences examples, int workers, int batchSize, int averagingFrequency, long seed) {
    return shuffled(examples, workers, batchSize, averagingFrequency, seed, LARGEST_SHUFFLE);
  }

  /**
   * Puts sequences into a random order, with a given size of segments.
   *
   * @param largestShuffle largest number of partitions of a shuffle
   */
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

  /**
   * Puts sequences that are numbered by length into an order that trains sequences of like length
   * together.
   */
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

  /** Number of sequences in a round and all rounds after it. */
  public long examplesFrom(int round) {
    return Math.max(0, layout.examples - round * layout.examplesPerRound());
  }

  /** Number of sequences in a round. */
  public long examplesOf(int round) {
    return Math.min(layout.examplesPerRound(), layout.examples - round * layout.examplesPerRound());
  }

  /** A round's mini-batches. Each worker has one partition. */
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

  /**
   * Gives each sequence's number a place in the epoch. Places begin at 0, and no two numbers have
   * the same place.
   */
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

  /** Says which mini-batch, round and worker a place in the epoch belongs to. */
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
   * @param count number of segments, at least 1
   * @param roundsOfOne number of rounds in a segment; the last segment may have fewer
   * @param spread number of partitions that a segment is read from
   */
  record Segments(int count, int roundsOfOne, int spread) implements Serializable {
    /**
     * Cuts an epoch into as few segments as possible.
     *
     * @param largestShuffle largest number of partitions of a shuffle; a round of more workers
     *     exceeds it
     * @param parallelism largest number of tasks that read a segment
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

  /** Sends sequences to the partitions that their segment is read from. */
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

  /** Sends the sequences of consecutive rounds to the workers that train on them. */
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
