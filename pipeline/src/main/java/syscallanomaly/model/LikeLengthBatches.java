package syscallanomaly.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.window.SequenceContent.CONTENT;
import static syscallanomaly.window.TrainingSequences.MULTIPLICITY;
import static syscallanomaly.window.TrainingSequences.SEQUENCE;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.window.SequenceContent;

/**
 * Deals traces out to tasks in batches of like length. The batches go to the tasks in turn, those
 * with the longest traces first. So all tasks have about the same work, and the first tasks have a
 * little more.
 */
final class LikeLengthBatches {
  private static final int TASKS_PER_CORE = 16;
  private static final int SMALLEST_BATCH = 8;

  /**
   * Bound on rows times longest trace of a batch with more than one trace. A batch's calls and
   * predictions need about 12 bytes for each cell on the heap.
   */
  private static final long MOST_CELLS = 1 << 21;

  private static final String LENGTH = "length";

  private LikeLengthBatches() {}

  /**
   * Deals out batches to a number of tasks that suits the cores. A task holds one batch in memory
   * at once.
   *
   * @param traces table with the columns {@code sequence} and {@code multiplicity}; equal sequences
   *     become one trace, whose multiplicity is their sum
   * @param largestBatch largest number of traces in a batch, at least 1
   */
  static JavaRDD<List<KeyedTrace>> of(Dataset<Row> traces, int largestBatch) {
    return of(traces, largestBatch, tasks(traces));
  }

  /**
   * Deals out batches to a given number of tasks. The batches do not depend on that number, and so
   * neither does the work.
   *
   * @param traces table with the columns {@code sequence} and {@code multiplicity}; equal sequences
   *     become one trace, whose multiplicity is their sum
   * @param largestBatch largest number of traces in a batch, at least 1
   * @param tasks number of Spark tasks, at least 1
   */
  static JavaRDD<List<KeyedTrace>> of(Dataset<Row> traces, int largestBatch, int tasks) {
    Dataset<Row> keyed =
        traces.select(
            SequenceContent.of(col(SEQUENCE)).as(CONTENT),
            size(col(SEQUENCE)).as(LENGTH),
            col(SEQUENCE),
            col(MULTIPLICITY));
    NavigableMap<Integer, Long> lengths = tracesOfLength(keyed);
    long count = lengths.values().stream().mapToLong(Long::longValue).sum();
    BatchPlan plan =
        BatchPlan.of(lengths, batchSize(count, tasks(traces), largestBatch), MOST_CELLS);
    // Spark samples the columns of the order and sends the samples to all tasks.
    return keyed
        .groupBy(CONTENT)
        .agg(
            first(LENGTH).as(LENGTH),
            first(SEQUENCE).as(SEQUENCE),
            sum(MULTIPLICITY).as(MULTIPLICITY))
        .orderBy(col(LENGTH).desc(), col(CONTENT))
        .select(CONTENT, SEQUENCE, MULTIPLICITY)
        .as(Encoders.tuple(ValueEncoders.BINARY, ValueEncoders.INTS, ValueEncoders.LONG))
        .javaRDD()
        .map(trace -> new KeyedTrace(trace._1(), trace._2(), trace._3()))
        .zipWithIndex()
        .mapToPair(Tuple2::swap)
        .repartitionAndSortWithinPartitions(new InTurn(tasks, plan))
        .mapPartitions(numbered -> new Batches(numbered, plan));
  }

  private static NavigableMap<Integer, Long> tracesOfLength(Dataset<Row> keyed) {
    NavigableMap<Integer, Long> traces = new TreeMap<>();
    for (Row row :
        keyed.select(CONTENT, LENGTH).distinct().groupBy(LENGTH).count().collectAsList()) {
      traces.put(row.getInt(0), row.getLong(1));
    }
    return traces;
  }

  private static int tasks(Dataset<Row> traces) {
    return TASKS_PER_CORE * traces.sparkSession().sparkContext().defaultParallelism();
  }

  /**
   * Number of traces in a batch that gives every task one batch, kept within the bounds of a batch.
   */
  static int batchSize(long traces, int tasks, int largest) {
    long even = (traces + tasks - 1) / tasks;
    return (int) Math.min(largest, Math.max(SMALLEST_BATCH, even));
  }

  private static final class InTurn extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int tasks;
    private final BatchPlan plan;

    InTurn(int tasks, BatchPlan plan) {
      this.tasks = tasks;
      this.plan = plan;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object number) {
      return (int) (plan.batchOf((Long) number) % tasks);
    }
  }

  /** Cuts a task's traces into its batches. */
  private static final class Batches implements Iterator<List<KeyedTrace>> {
    private final Iterator<Tuple2<Long, KeyedTrace>> numbered;
    private final BatchPlan plan;
    private Tuple2<Long, KeyedTrace> next;

    Batches(Iterator<Tuple2<Long, KeyedTrace>> numbered, BatchPlan plan) {
      this.numbered = numbered;
      this.plan = plan;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<KeyedTrace> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      long number = plan.batchOf(next._1());
      List<KeyedTrace> batch = new ArrayList<>();
      while (next != null && plan.batchOf(next._1()) == number) {
        batch.add(next._2());
        advance();
      }
      return batch;
    }

    private void advance() {
      next = numbered.hasNext() ? numbered.next() : null;
    }
  }
}
