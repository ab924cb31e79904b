package syscallanomaly.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import scala.Function1;
import scala.Tuple2;
import syscallanomaly.window.Permutation;

/**
 * One epoch's examples in a new order, dealt out to averaging rounds and workers.
 *
 * <p>One shuffle of compact windows lays out the whole epoch: partition {@code round * workers +
 * worker} holds what a worker trains on in a round, so that a round is a Spark job over exactly its
 * own partitions and no example is dropped.
 */
final class EpochRounds {
  private final JavaRDD<List<TrainingExample>> batches;
  private final Layout layout;

  private EpochRounds(JavaRDD<List<TrainingExample>> batches, Layout layout) {
    this.batches = batches;
    this.layout = layout;
  }

  /** Examples in random order. */
  static EpochRounds shuffled(
      TrainingExamples examples, int workers, int batchSize, int averagingFrequency, long seed) {
    Permutation order = new Permutation(examples.count(), seed);
    return ordered(
        examples,
        order::placeOf,
        new Layout(examples.count(), workers, batchSize, averagingFrequency));
  }

  /** Examples that are numbered by length, so that those of like length are trained together. */
  static EpochRounds ofLikeLength(
      TrainingExamples examples, int workers, int batchSize, int averagingFrequency, long seed) {
    LengthOrder order = new LengthOrder(examples.count(), (long) workers * batchSize, seed);
    return ordered(
        examples,
        order::placeOf,
        new Layout(examples.count(), workers, batchSize, averagingFrequency));
  }

  private static EpochRounds ordered(TrainingExamples examples, Order order, Layout layout) {
    JavaRDD<List<TrainingExample>> batches =
        examples
            .numbered()
            .mapToPair(numbered -> new Tuple2<>(order.placeOf(numbered._2()), numbered._1()))
            .partitionBy(new ByPlace(layout))
            .mapPartitions(placed -> batches(placed, layout));
    return new EpochRounds(batches, layout);
  }

  int rounds() {
    return layout.rounds();
  }

  /** Examples of the epoch. */
  long examples() {
    return layout.examples();
  }

  /** Examples of a round. */
  long examplesOf(int round) {
    return Math.min(layout.examplesPerRound(), layout.examples - round * layout.examplesPerRound());
  }

  /** A round's mini-batches, a partition a worker. */
  JavaRDD<List<TrainingExample>> round(int round) {
    int workers = layout.workers;
    Function1<Object, Object> inRound =
        (Function1<Object, Object> & Serializable) partition -> (int) partition / workers == round;
    return PartitionPruningRDD.create(batches.rdd(), inRound).toJavaRDD();
  }

  /** Gives each number of an example a place in the epoch, from 0 on, each a different one. */
  private interface Order extends Serializable {
    long placeOf(long number);
  }

  private static Iterator<List<TrainingExample>> batches(
      Iterator<Tuple2<Long, TrainingExample>> placed, Layout layout) {
    List<Tuple2<Long, TrainingExample>> sorted = new ArrayList<>();
    placed.forEachRemaining(sorted::add);
    sorted.sort(Comparator.comparing(Tuple2::_1));
    List<List<TrainingExample>> batches = new ArrayList<>();
    long batch = -1;
    for (Tuple2<Long, TrainingExample> example : sorted) {
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

    int rounds() {
      return Math.toIntExact((examples + examplesPerRound() - 1) / examplesPerRound());
    }

    int partitionOf(long place) {
      long batch = batchOf(place);
      long round = batch / ((long) workers * averagingFrequency);
      return Math.toIntExact(round * workers + batch % workers);
    }
  }

  private static final class ByPlace extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final Layout layout;

    ByPlace(Layout layout) {
      this.layout = layout;
    }

    @Override
    public int numPartitions() {
      return layout.rounds() * layout.workers();
    }

    @Override
    public int getPartition(Object place) {
      return layout.partitionOf((Long) place);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByPlace that && layout.equals(that.layout);
    }

    @Override
    public int hashCode() {
      return layout.hashCode();
    }
  }
}
