package syscallanomaly;

import org.apache.spark.sql.SparkSession;

/**
 * Fits Spark's settings for queries to the cores and to the size of the traces. A setting that the
 * user has made stands.
 *
 * <ul>
 *   <li>The number of partitions that Spark shuffles into: Spark's default of 200 costs more than
 *       the work on a laptop, and is too small for much data.
 *   <li>Whether Spark compiles queries to Java code, and whether it plans the rest of a query anew
 *       after each of its stages: for little data, both take longer than they save.
 * </ul>
 */
public final class QuerySettings {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String COMPILED = "spark.sql.codegen.wholeStage";
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  /**
   * Partitions for each core, so that cores which are done early get more, if the partitions are
   * not too small.
   */
  private static final int PARTITIONS_FOR_EACH_CORE = 4;

  /**
   * Bytes of trace files for a partition that is worth a task. In a program that has just started,
   * a task takes some 10 ms of processor time beside its work.
   */
  private static final long LEAST_BYTES_OF_PARTITION = 1 << 18;

  /**
   * Bytes of trace files for each partition. A call takes about four bytes in a file, but its
   * window takes about a hundred in a task's memory.
   */
  private static final long BYTES_OF_PARTITION = 1 << 20;

  /** Largest number of partitions. A task that writes a shuffle keeps a position for each one. */
  private static final long MOST_FOR_BYTES = 4000;

  /**
   * Bytes of a split's trace files from which on queries are compiled and planned anew. With 0.4
   * MiB a run takes a seventh of its processor time less without compiling. With 8 MiB there is no
   * difference.
   */
  private static final long LEAST_TO_OPTIMISE = 8 << 20;

  private QuerySettings() {}

  /** Makes the settings that suit the session's cores as long as no traces are known. */
  public static void fitToCores(SparkSession session) {
    set(session, PARTITIONS, partitions(session.sparkContext().defaultParallelism(), 0));
    setOptimised(session, optimised(0));
  }

  /**
   * Changes the settings if the size of the traces requires it. The number of partitions never
   * falls, and queries that are optimised stay so.
   *
   * @param bytes size of a split's trace files, in bytes
   */
  public static void fitTo(SparkSession session, long bytes) {
    int needed = partitions(session.sparkContext().defaultParallelism(), bytes);
    if (needed > session.sessionState().conf().numShufflePartitions()) {
      set(session, PARTITIONS, needed);
    }
    if (optimised(bytes)) {
      setOptimised(session, true);
    }
  }

  static int partitions(int cores, long bytes) {
    long forEachCore =
        Math.min((long) PARTITIONS_FOR_EACH_CORE * cores, bytes / LEAST_BYTES_OF_PARTITION);
    return (int)
        Math.max(
            Math.max(cores, forEachCore), Math.min(MOST_FOR_BYTES, bytes / BYTES_OF_PARTITION));
  }

  static boolean optimised(long bytes) {
    return bytes >= LEAST_TO_OPTIMISE;
  }

  private static void setOptimised(SparkSession session, boolean optimised) {
    set(session, COMPILED, optimised);
    set(session, ADAPTIVE, optimised);
  }

  private static void set(SparkSession session, String setting, Object value) {
    if (!session.sparkContext().getConf().contains(setting)) {
      session.conf().set(setting, String.valueOf(value));
    }
  }
}
