package syscallanomaly.jobs.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Warns of settings that give executors too little memory or too few cores. It changes no setting.
 */
final class ExecutorCheck {
  private static final String THREADS = "spark.executorEnv.OMP_NUM_THREADS";
  private static final String TASK_CPUS = "spark.task.cpus";
  private static final String CORES = "spark.executor.cores";

  /** Heap in MiB that Spark keeps for itself and that the program's classes take. */
  private static final long HEAP_OF_SPARK = 400;

  private ExecutorCheck() {}

  /**
   * Returns one line for each setting that is too small or too large.
   *
   * @param conf the configuration that {@link SparkSettings#complete} returned
   * @param tasks number of tasks that an executor runs in parallel
   * @param arrays memory in MiB that a task needs, see {@link NetworkMemory#mebibytes}
   */
  static List<String> warnings(SparkConf conf, int tasks, long arrays) {
    List<String> warnings = new ArrayList<>();
    long overhead = SparkSettings.overhead(conf);
    long neededOverhead = SparkSettings.BUFFERS + tasks * arrays;
    if (overhead < neededOverhead) {
      warnings.add(
          "Warning: %s = %d MiB leaves %d MiB for arrays outside the heap, and %s of an executor need up to %d MiB; executors may be killed: set %s=%dm or fewer %s"
              .formatted(
                  SparkSettings.OVERHEAD,
                  overhead,
                  Math.max(0, overhead - SparkSettings.BUFFERS),
                  tasks(tasks),
                  tasks * arrays,
                  SparkSettings.OVERHEAD,
                  neededOverhead,
                  CORES));
    }
    long heap = SparkSettings.heap(conf);
    long neededHeap = HEAP_OF_SPARK + tasks * arrays;
    if (heap < neededHeap) {
      warnings.add(
          "Warning: %s = %d MiB is shared by %s, which need up to %d MiB; set %s=%dm or fewer %s"
              .formatted(
                  SparkSettings.EXECUTOR_MEMORY,
                  heap,
                  tasks(tasks),
                  neededHeap,
                  SparkSettings.EXECUTOR_MEMORY,
                  neededHeap,
                  CORES));
    }
    int cpus = conf.getInt(TASK_CPUS, 1);
    if (cpus > 1) {
      warnings.add(
          "Warning: %s = %d reserves %d cores for each task, but a task computes on one; leave it out"
              .formatted(TASK_CPUS, cpus, cpus));
    }
    String threads = conf.get(THREADS, "1");
    if (!threads.equals("1")) {
      warnings.add(
          "Warning: %s = %s lets the native threads of a task compete for the cores of other tasks; leave it out"
              .formatted(THREADS, threads));
    }
    return warnings;
  }

  private static String tasks(int tasks) {
    return tasks == 1 ? "1 task" : tasks + " tasks";
  }
}
