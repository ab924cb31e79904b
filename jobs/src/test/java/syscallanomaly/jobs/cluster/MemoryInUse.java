package syscallanomaly.jobs.cluster;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.factory.Nd4j;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * What a process of Spark's has in use.
 *
 * @param process as Spark calls it: {@code driver}, or the number of an executor
 * @param heap bytes after a collection
 * @param arrays number of ND4J's buffers outside the heap, whose bytes JavaCPP does not count
 * @param workspaces number of ND4J's workspaces
 * @param blocks bytes of Spark's cached and broadcast data
 */
record MemoryInUse(String process, long heap, long arrays, long workspaces, long blocks)
    implements Serializable {
  private static final long NO_CHANGE = 1 << 18;
  private static final int ENOUGH = 6;
  private static final long PAUSE_NANOS = 100_000_000;

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

  /** Spark and ND4J free what they find unreachable in threads of their own: until all is gone. */
  private static MemoryInUse here() {
    MemoryInUse least = collected();
    for (int same = 0; same < ENOUGH; same++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      MemoryInUse next = collected();
      if (next.heap < least.heap - NO_CHANGE || next.arrays < least.arrays) {
        least = next;
        same = 0;
      }
    }
    return least;
  }

  /** ND4J tells nobody: it keeps a reference to each until it is freed. */
  private static List<String> deallocators() {
    List<String> kinds = new ArrayList<>();
    try {
      Map<?, ?> references = (Map<?, ?>) field(Nd4j.getDeallocatorService(), "referenceMap");
      for (Object reference : references.values()) {
        kinds.add(field(reference, "deallocator").getClass().getSimpleName());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("ND4J keeps its references elsewhere", e);
    }
    return kinds;
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static MemoryInUse collected() {
    System.gc();
    List<String> kinds = deallocators();
    long total = kinds.size();
    long workspaces = kinds.stream().filter(kind -> kind.contains("Workspace")).count();
    return new MemoryInUse(
        SparkEnv.get().executorId(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        total - workspaces,
        workspaces,
        SparkEnv.get().memoryManager().storageMemoryUsed());
  }
}
