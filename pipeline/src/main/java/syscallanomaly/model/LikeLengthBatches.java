package syscallanomaly.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import syscallanomaly.window.TrainingSequences;

/**
 * Deals traces out to tasks in batches of like length. The batches go to the tasks in turn, those
 * with the longest traces first. So all tasks have about the same work, and the first tasks have a
 * little more.
 */
final class LikeLengthBatches {
  private static final int TASKS_PER_CORE = 16;
  private static final int SMALLEST_BATCH = 8;

  private LikeLengthBatches() {}

  /**
   * Deals out batches to a number of tasks that suits the cores. A task holds one batch in memory
   * at once.
   *
   * @param traces table with a column {@code sequence}; no two rows have the same sequence
   * @param largestBatch largest number of traces in a batch, at least 1
   */
  static JavaRDD<List<Row>> of(Dataset<Row> traces, int largestBatch) {
    return of(traces, largestBatch, tasks(traces));
  }

  /**
   * Deals out batches to a given number of tasks. The batches do not depend on that number, and so
   * neither does the work.
   *
   * @param traces table with a column {@code sequence}; no two rows have the same sequence
   * @param largestBatch largest number of traces in a batch, at least 1
   * @param tasks number of Spark tasks, at least 1
   */
  static JavaRDD<List<Row>> of(Dataset<Row> traces, int largestBatch, int tasks) {
    int batchSize = batchSize(traces.count(), tasks(traces), largestBatch);
    return traces
        .orderBy(size(col(TrainingSequences.SEQUENCE)).desc(), col(TrainingSequences.SEQUENCE))
        .javaRDD()
        .zipWithIndex()
        .mapToPair(Tuple2::swap)
        .repartitionAndSortWithinPartitions(new InTurn(tasks, batchSize))
        .mapPartitions(numbered -> new Batches(numbered, batchSize));
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
    private final int batchSize;

    InTurn(int tasks, int batchSize) {
      this.tasks = tasks;
      this.batchSize = batchSize;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object number) {
      return (int) ((Long) number / batchSize % tasks);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof InTurn that && tasks == that.tasks && batchSize == that.batchSize;
    }

    @Override
    public int hashCode() {
      return 31 * tasks + batchSize;
    }
  }

  /**
   * Cuts a task's traces into its batches. Every batch except the very last one is full, so that
   * counting finds where each begins.
   */
  private static final class Batches implements Iterator<List<Row>> {
    private final Iterator<Tuple2<Long, Row>> numbered;
    private final int batchSize;

    Batches(Iterator<Tuple2<Long, Row>> numbered, int batchSize) {
      this.numbered = numbered;
      this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
      return numbered.hasNext();
    }

    @Override
    public List<Row> next() {
      if (!numbered.hasNext()) {
        throw new NoSuchElementException();
      }
      List<Row> batch = new ArrayList<>(batchSize);
      while (batch.size() < batchSize && numbered.hasNext()) {
        batch.add(numbered.next()._2());
      }
      return batch;
    }
  }
}
