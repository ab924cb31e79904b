package syscallanomaly.jobs.job;

import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * Completes the Spark configuration with what the program needs. Settings of the user, in
 * spark-submit or in Spark's own files, have precedence.
 */
final class SparkSettings {
  private static final String NAME = "spark.app.name";

  /** Name of the main class, after which spark-submit names an application without a name. */
  static final String MAIN_CLASS = "syscallanomaly.jobs.Main";

  static final String EXECUTOR_MEMORY = "spark.executor.memory";
  static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String OVERHEAD_FACTOR = "spark.executor.memoryOverheadFactor";
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String JAVACPP_EXTENSION = "org.bytedeco.javacpp.platform.extension";

  /**
   * Java options: access to the JDK's loader of modules, with which the LSTM gets its vector
   * instructions, and heap regions so large that G1 does not treat the LSTM's arrays as humongous
   * objects.
   */
  private static final String VECTOR_OPTIONS =
      "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED -XX:G1HeapRegionSize=16m";

  /**
   * Memory in MiB for Spark's own buffers outside the heap, in addition to the arrays of the
   * network.
   */
  static final long BUFFERS = 384;

  /** Smallest memory in MiB for the arrays of a network. */
  private static final long LEAST_ARRAYS = 1024;

  private SparkSettings() {}

  /**
   * Completes the configuration that spark-submit has set.
   *
   * @param given the configuration that spark-submit has set; it is not changed
   * @param applicationName name of the application, unless the user has named it
   * @param arrays memory in MiB that a task needs outside the heap
   */
  static SparkConf complete(SparkConf given, String applicationName, long arrays) {
    SparkConf conf =
        given
            .clone()
            .setIfMissing("spark.master", "local[*]")
            .set(NAME, isNamed(given) ? given.get(NAME) : applicationName)
            // The program shows progress itself, and no port is opened that nobody asked for.
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.sql.session.timeZone", "UTC")
            // Spark chooses partitions by their size in bytes. A call takes four bytes in a file,
            // but the window that ends with it takes a hundred bytes in memory, and shuffled
            // windows are compressed to a tenth. With Spark's defaults, tasks would therefore take
            // more memory the more data there are.
            .setIfMissing("spark.sql.files.maxPartitionBytes", "2m")
            .setIfMissing("spark.sql.adaptive.advisoryPartitionSizeInBytes", "4m")
            // Spark's sorts fill its part of the heap before they spill, however large it is.
            // Models, tables of n-grams and the driver's figures lie in the rest.
            .setIfMissing("spark.memory.fraction", "0.4")
            // The data are arrays of numbers, which Java's own serializer copies as they are.
            .setIfMissing("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
            // Parameters are the only large values. They do not compress. A worker should send them
            // to the driver at once, not after a second request.
            .setIfMissing("spark.broadcast.compress", "false")
            .setIfMissing("spark.task.maxDirectResultSize", "64m")
            // With more native threads for each worker, the workers would compete for the cores.
            .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1")
            // glibc otherwise keeps a pool of freed memory for each of many threads, and the
            // network's arrays in these pools.
            .setIfMissing("spark.executorEnv.MALLOC_ARENA_MAX", "2")
            .setIfMissing("spark.executorEnv.MALLOC_MMAP_THRESHOLD_", "131072");
    if (!conf.getBoolean("spark.ui.enabled", true)) {
      // Spark keeps what its pages show even if it shows none: up to 1000 queries and stages with
      // 100,000 tasks each, which would grow on the driver with the data.
      conf.setIfMissing("spark.ui.retainedJobs", "20")
          .setIfMissing("spark.ui.retainedStages", "20")
          .setIfMissing("spark.ui.retainedTasks", "100")
          .setIfMissing("spark.sql.ui.retainedExecutions", "20");
    }
    if (!conf.getBoolean("spark.ui.enabled", true)
        && !conf.getBoolean("spark.eventLog.enabled", false)) {
      // Spark describes the plan of each query for its pages and its event log. Without them nobody
      // reads the descriptions, and the long form takes a twentieth of a short run's processor
      // time.
      conf.setIfMissing("spark.sql.ui.explainMode", "simple");
    }
    if (runsTasksHere(conf)) {
      // By default, Spark ends the process of a task that has too little memory, and the driver
      // could not say so.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      // All data are equally near. In this mode Spark offers a core only when a task ends, so a
      // task that waits for a nearer core would wait for ever once no other task runs.
      conf.setIfMissing("spark.locality.wait", "0s");
    }
    return withNativeMemory(conf, arrays);
  }

  /** Whether the tasks run in the driver's own process. */
  static boolean runsTasksHere(SparkConf conf) {
    return conf.get("spark.master").matches("local(\\[.*)?");
  }

  /**
   * Whether the user has named the application. If not, spark-submit names it after the main class.
   */
  private static boolean isNamed(SparkConf given) {
    return given.contains(NAME) && !given.get(NAME).equals(MAIN_CLASS);
  }

  /**
   * Reserves memory for ND4J's arrays. They lie outside the heap, where Spark does not count them,
   * so Spark has to reserve the room and JavaCPP has to know its limit.
   */
  private static SparkConf withNativeMemory(SparkConf conf, long arrays) {
    long heap = heap(conf);
    if (!conf.contains(OVERHEAD) && !conf.contains(OVERHEAD_FACTOR)) {
      long needed = conf.getInt(EXECUTOR_CORES, 1) * arrays;
      conf.set(OVERHEAD, BUFFERS + Math.max(Math.max(LEAST_ARRAYS, heap / 2), needed) + "m");
    }
    long overhead = overhead(conf);
    String options =
        "-Dorg.bytedeco.javacpp.maxbytes="
            + Math.max(1, overhead - BUFFERS)
            + "m -Dorg.bytedeco.javacpp.maxphysicalbytes="
            + (heap + overhead)
            + "m "
            + VECTOR_OPTIONS
            + nativeExtension();
    // The user's options come last, so that they have precedence.
    return conf.set(EXECUTOR_OPTIONS, (options + " " + conf.get(EXECUTOR_OPTIONS, "")).strip());
  }

  /** The heap of an executor, MiB. */
  static long heap(SparkConf conf) {
    return JavaUtils.byteStringAsMb(conf.get(EXECUTOR_MEMORY, "1g"));
  }

  /** The memory of an executor outside its heap, MiB. */
  static long overhead(SparkConf conf) {
    return conf.contains(OVERHEAD)
        ? JavaUtils.byteStringAsMb(conf.get(OVERHEAD))
        : (long) (heap(conf) * Double.parseDouble(conf.get(OVERHEAD_FACTOR)));
  }

  private static String nativeExtension() {
    String extension = System.getProperty(JAVACPP_EXTENSION, "");
    return extension.isEmpty() ? "" : " -D" + JAVACPP_EXTENSION + "=" + extension;
  }
}
