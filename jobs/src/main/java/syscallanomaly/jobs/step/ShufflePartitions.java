package syscallanomaly.jobs.step;

import org.apache.spark.sql.SparkSession;

/**
 * The number of partitions that Spark shuffles windows into, unless the user has set it. Spark's
 * 200 cost more than the work on a laptop, and are too few for much data.
 */
public final class ShufflePartitions {
  private static final String SETTING = "spark.sql.shuffle.partitions";
  private static final int FOR_EACH_CORE = 4;

  /** Of trace files; a call of four bytes there is a window of a hundred in a task's memory. */
  private static final long BYTES_OF_ONE = 1 << 20;

  /** Each task that writes a shuffle keeps a position for each partition. */
  private static final long MOST_FOR_BYTES = 4000;

  private ShufflePartitions() {}

  /** Begins with as many as suit the cores at hand. */
  public static void fitToCores(SparkSession session) {
    set(session, of(session.sparkContext().defaultParallelism(), 0));
  }

  /** Takes more where there are so many bytes of traces, and never fewer. */
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
