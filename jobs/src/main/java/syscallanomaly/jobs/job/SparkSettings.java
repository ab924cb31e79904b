package syscallanomaly.jobs.job;

import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import syscallanomaly.jobs.Main;

/**
 * What the program asks of Spark. Whatever the user says with spark-submit or in Spark's own files
 * stands.
 */
final class SparkSettings {
  private static final String NAME = "spark.app.name";
  static final String EXECUTOR_MEMORY = "spark.executor.memory";
  static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String OVERHEAD_FACTOR = "spark.executor.memoryOverheadFactor";
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String JAVACPP_EXTENSION = "org.bytedeco.javacpp.platform.extension";

  /** The LSTM's vector instructions; and regions in which its arrays are not humongous. */
  private static final String VECTOR_OPTIONS =
      "--add-modules=jdk.incubator.vector -XX:G1HeapRegionSize=16m";

  /** Room for Spark's own off-heap buffers beside the arrays of the network, MiB. */
  static final long BUFFERS = 384;

  /** What the arrays of a network may take at least, MiB. */
  private static final long LEAST_ARRAYS = 1024;

  private SparkSettings() {}

  /**
   * Completes what spark-submit has set.
   *
   * @param arrays MiB that a task needs outside the heap
   */
  static SparkConf complete(SparkConf given, String applicationName, long arrays) {
    SparkConf conf =
        given
            .clone()
            .setIfMissing("spark.master", "local[*]")
            .set(NAME, isNamed(given) ? given.get(NAME) : applicationName)
            // Progress is shown by the program itself; nothing listens that nobody asked for.
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.sql.session.timeZone", "UTC")
            // A call of four bytes in a file is a window of a hundred in memory, and shuffled
            // windows are compressed to a tenth: tasks that take as many bytes as Spark thinks
            // right would take more memory the more data there are.
            .setIfMissing("spark.sql.files.maxPartitionBytes", "2m")
            .setIfMissing("spark.sql.adaptive.advisoryPartitionSizeInBytes", "4m")
            // What travels here is arrays of numbers, which Java's own serializer copies as they
            // are.
            .setIfMissing("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
            // The large values here are parameters: they do not compress, and a worker's go to the
            // driver at once rather than on a second request.
            .setIfMissing("spark.broadcast.compress", "false")
            .setIfMissing("spark.task.maxDirectResultSize", "64m")
            // With more native threads a worker the workers only fight over the cores.
            .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    return withNativeMemory(conf, arrays);
  }

  /** Whether the user has named the application: else spark-submit gives it the main class. */
  private static boolean isNamed(SparkConf given) {
    return given.contains(NAME) && !given.get(NAME).equals(Main.class.getName());
  }

  /**
   * ND4J's arrays lie outside the heap, where Spark does not see them: room for them is asked for,
   * and JavaCPP is told of it.
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
    // The user's come last, so that they win.
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
