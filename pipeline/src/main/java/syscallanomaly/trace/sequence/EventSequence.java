package syscallanomaly.trace.sequence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static syscallanomaly.trace.sequence.EventColumns.BUCKET;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Murmur3HashFunction;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Sorts events by process and time, on the executors, and cuts them into traces.
 *
 * <p>The order of the traces is that of a hash of host, container and process. Partition i gets the
 * i-th part of the hash's range. So the order does not depend on the number of partitions, and no
 * pass over the data is needed to find even ranges, as Spark's own range partitioning does. All
 * rows of a process go to one task.
 *
 * <p>The events of a process that a task reads are packed into chunks. Spark moves and sorts these
 * chunks, and spills them to disk, so that memory does not grow with the length of a process. Then
 * the chunks of a process are merged.
 */
public final class EventSequence {
  /** The hash's upper 31 bits choose the partition. */
  private static final int BITS = 31;

  /** Seed with which Spark hashes a row to find its partition. */
  private static final int PARTITIONING_SEED = 42;

  private EventSequence() {}

  /**
   * The events in rows, as {@link #of} takes them.
   *
   * @param rows rows with the columns of {@link EventColumns#schema()}
   */
  public static JavaRDD<Event> events(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(EventColumns.SCHEMA.fieldNames())
            .map(name -> col(name))
            .toArray(Column[]::new);
    return rows.select(columns).queryExecution().toRdd().toJavaRDD().mapPartitions(RowEvents::new);
  }

  /**
   * Plans the traces of events. Each partition ends with an element that counts what was read
   * ({@link ParsedTrace#counts()}).
   *
   * @param events events in any order; a partition may give one object again and again
   * @param settings where traces begin and end
   * @param largestCall largest accepted call number; a trace with a larger one is rejected
   * @param partitions number of tasks, at least 1
   */
  public static JavaRDD<ParsedTrace> of(
      SparkSession spark,
      JavaRDD<Event> events,
      SequenceSettings settings,
      int largestCall,
      int partitions) {
    return of(
        spark, events, settings, largestCall, partitions, ChunkPacker.MEMORY, ChunkMerger.MEMORY);
  }

  /**
   * Plans the traces of events with other limits of memory, which change no result.
   *
   * @param packMemory bytes of a task's unfinished chunks
   * @param mergeMemory bytes of a task's open chunks
   */
  static JavaRDD<ParsedTrace> of(
      SparkSession spark,
      JavaRDD<Event> events,
      SequenceSettings settings,
      int largestCall,
      int partitions,
      int packMemory,
      int mergeMemory) {
    JavaRDD<Row> chunks = events.mapPartitions(all -> new ChunkPacker(all, packMemory));
    return spark
        .createDataFrame(chunks, ChunkColumns.SCHEMA)
        .repartition(partitions, placeOf(col(BUCKET), partitions))
        .sortWithinPartitions(ChunkColumns.order())
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(
            (Iterator<InternalRow> rows) ->
                new Sequencer(new ChunkMerger(rows, mergeMemory), settings, largestCall));
  }

  /**
   * A value that Spark's hash partitioning puts into partition i, where i is the partition of the
   * hash. Spark 3.5 has no way to name the partition itself.
   */
  private static Column placeOf(Column hash, int partitions) {
    Column upper =
        shiftright(hash, Long.SIZE - BITS)
            .plus(lit(1L << (BITS - 1)))
            .multiply(lit((long) partitions));
    Column partition = shiftright(upper, BITS).cast(DataTypes.IntegerType);
    return element_at(lit(representatives(partitions)), partition.plus(lit(1)));
  }

  /** For each partition the smallest number that Spark puts there. */
  static int[] representatives(int partitions) {
    int[] found = new int[partitions];
    boolean[] known = new boolean[partitions];
    int left = partitions;
    for (int value = 0; left > 0; value++) {
      int hash = (int) Murmur3HashFunction.hash(value, DataTypes.IntegerType, PARTITIONING_SEED);
      int partition = Math.floorMod(hash, partitions);
      if (!known[partition]) {
        known[partition] = true;
        found[partition] = value;
        left--;
      }
    }
    return found;
  }
}
