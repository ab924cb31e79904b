package syscallanomaly.train.epoch;

import java.io.Serializable;
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
  private final EpochLayout layout;
  private final Segments segments;
  private int laidOut = -1;
  private JavaRDD<List<WeightedSequence>> batches;

  private EpochRounds(
      JavaPairRDD<Long, WeightedSequence> placed, EpochLayout layout, Segments segments) {
    this.placed =
        segments.count() == 1 ? placed : placed.partitionBy(new BySegment(layout, segments));
    this.layout = layout;
    this.segments = segments;
  }

  /**
   * Puts sequences into a random order.
   *
   * @param workers number of workers, at least 1
   * @param batchSize largest number of sequences in a mini-batch of all workers together, at least
   *     1
   * @param averagingFrequency largest number of a worker's mini-batches in a round, at least 1
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
        new EpochLayout(examples.count(), workers, batchSize, averagingFrequency),
        largestShuffle);
  }

  /**
   * Puts sequences that are numbered by length into an order that trains sequences of like length
   * together.
   */
  public static EpochRounds ofLikeLength(
      WeightedSequences examples, int workers, int batchSize, int averagingFrequency, long seed) {
    EpochLayout layout = new EpochLayout(examples.count(), workers, batchSize, averagingFrequency);
    LengthOrder order = new LengthOrder(layout.sequences(), seed);
    return ordered(examples, order::placeOf, layout, LARGEST_SHUFFLE);
  }

  private static EpochRounds ordered(
      WeightedSequences examples, Order order, EpochLayout layout, int largestShuffle) {
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

  /** Number of updates in the epoch; in an update each worker trains on one mini-batch. */
  public long updates() {
    return layout.updates();
  }

  /** Number of updates in the rounds before a round. */
  public long updatesBefore(int round) {
    return layout.firstUpdateOf(round);
  }

  /** Number of sequences in a round and all rounds after it. */
  public long examplesFrom(int round) {
    return layout.examples() - layout.firstPlaceOf(round);
  }

  /** Number of sequences in a round. */
  public long examplesOf(int round) {
    return layout.firstPlaceOf(round + 1) - layout.firstPlaceOf(round);
  }

  /** A round's mini-batches. Each worker has one partition. */
  public synchronized JavaRDD<List<WeightedSequence>> round(int round) {
    int segment = segments.of(round);
    if (segment != laidOut) {
      batches = layOut(segment);
      laidOut = segment;
    }
    int workers = layout.workers();
    int inSegment = round - segments.firstRound(segment);
    return pruned(batches.rdd(), partition -> partition / workers == inSegment).toJavaRDD();
  }

  private JavaRDD<List<WeightedSequence>> layOut(int segment) {
    EpochLayout shared = layout;
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
    // Spark sorts each partition by place, and spills to disk what does not fit into memory.
    return ofSegment
        .repartitionAndSortWithinPartitions(partitioner)
        .mapPartitions(examples -> new StreamedBatches(examples, shared));
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
    static Segments of(EpochLayout layout, int largestShuffle, int parallelism) {
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

    public int rounds(int segment, EpochLayout layout) {
      return Math.min(roundsOfOne, layout.rounds() - firstRound(segment));
    }
  }

  /** Sends sequences to the partitions that their segment is read from. */
  private static final class BySegment extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final EpochLayout layout;
    private final Segments segments;

    BySegment(EpochLayout layout, Segments segments) {
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
    private final EpochLayout layout;
    private final int firstRound;
    private final int rounds;

    ByPlace(EpochLayout layout, int firstRound, int rounds) {
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
