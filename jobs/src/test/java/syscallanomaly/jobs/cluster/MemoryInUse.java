package syscallanomaly.jobs.cluster;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * What a process of Spark's has in use.
 *
 * @param process as Spark calls it: {@code driver}, or the number of an executor
 * @param heap bytes after a collection
 * @param arrays bytes outside the heap
 * @param blocks bytes of Spark's cached and broadcast data
 */
record MemoryInUse(String process, long heap, long arrays, long blocks) implements Serializable {
  private static final long NO_CHANGE = 1 << 18;

  /** Of the driver, which is this process, and of each executor, which must have one core. */
  static Map<String, MemoryInUse> ofAll(SparkContext spark, int executors) {
    Map<String, MemoryInUse> all = new TreeMap<>();
    all.put("driver", here());
    // Tasks of a barrier stage run at the same time, so that each executor has one of them.
    Object measured =
        JavaSparkContext.fromSparkContext(spark)
            .parallelize(Collections.nCopies(executors, 0), executors)
            .rdd()
            .barrier()
            .mapPartitions(
                (Function1<Iterator<Integer>, Iterator<MemoryInUse>> & Serializable)
                    ignored -> JavaConverters.asScalaIterator(List.of(here()).iterator()),
                false,
                ClassTag$.MODULE$.<MemoryInUse>apply(MemoryInUse.class))
            .collect();
    for (MemoryInUse executor : (MemoryInUse[]) measured) {
      all.put(executor.process(), executor);
    }
    return all;
  }

  /** Spark frees what it finds unreachable in a thread of its own: collects until all is gone. */
  private static MemoryInUse here() {
    MemoryInUse least = collected();
    for (MemoryInUse next = collected(); next.heap < least.heap - NO_CHANGE; next = collected()) {
      least = next;
    }
    return least;
  }

  private static MemoryInUse collected() {
    System.gc();
    return new MemoryInUse(
        SparkEnv.get().executorId(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        Pointer.totalBytes(),
        SparkEnv.get().memoryManager().storageMemoryUsed());
  }
}
