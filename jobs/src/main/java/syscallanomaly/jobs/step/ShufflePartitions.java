package syscallanomaly.jobs.step;

import org.apache.spark.sql.SparkSession;

/**
 * Chooses the number of partitions that Spark shuffles into, unless the user has set it. Spark's
 * default of 200 costs more than the work on a laptop, and is too small for much data.
 */
public final class ShufflePartitions {
  private static final String SETTING = "spark.sql.shuffle.partitions";
  private static final int FOR_EACH_CORE = 4;

  /**
   * Bytes of trace files for each partition. A call takes about four bytes in a file, but its
   * window takes about a hundred in a task's memory.
   */
  private static final long BYTES_OF_ONE = 1 << 20;

  /** Largest number of partitions. A task that writes a shuffle keeps a position for each one. */
  private static final long MOST_FOR_BYTES = 4000;

  private ShufflePartitions() {}

  /** Sets the number of partitions that suits the session's cores. */
  public static void fitToCores(SparkSession session) {
    set(session, of(session.sparkContext().defaultParallelism(), 0));
  }

  /**
   * Raises the number of partitions if the size of the traces requires it. It never lowers the
   * number.
   *
   * @param bytes size of the trace files, in bytes
   */
  static void fitTo(SparkSession session, long bytes) {
    int needed = of(session.sparkContext().defaultParallelism(), bytes);
    if (needed > session.sessionState().conf().numShufflePartitions()) {
      set(session, needed);
    }
  }

  static int of(int cores, long bytes) {
    return (int)
        Math.max((long) FOR_EACH_CORE * cores, Math.min(MOST_FOR_BYTES, bytes / BYTES_OF_ONE));
  }

  private static void set(SparkSession session, int partitions) {
    if (!session.sparkContext().getConf().contains(SETTING)) {
      session.conf().set(SETTING, partitions);
    }
  }
}
